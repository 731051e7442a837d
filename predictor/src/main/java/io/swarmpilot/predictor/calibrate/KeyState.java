package io.swarmpilot.predictor.calibrate;

/// How predictions of a key are doing.
public enum KeyState {
  /// There is no model yet.
  LEARNING("learning"),
  /// The model is believed.
  STEADY("steady"),
  /// After a drift: believed, but wider on purpose.
  WIDENED("widened"),
  /// The model is not believed; simpler sources answer.
  FALLEN_BACK("fallen_back");

  private final String label;

  KeyState(String label) {
    this.label = label;
  }

  /// The name it has in answers.
  public String label() {
    return label;
  }
}
