package io.swarmpilot.predictor.store;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableIntArray;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.swarmpilot.predictor.learn.BoostedModel;
import io.swarmpilot.predictor.learn.Ensemble;
import io.swarmpilot.predictor.learn.FeatureSpace;
import io.swarmpilot.predictor.learn.HeldOut;
import io.swarmpilot.predictor.learn.LinearModel;
import io.swarmpilot.predictor.learn.ResponseSurface;
import io.swarmpilot.predictor.learn.SpreadSurface;
import io.swarmpilot.predictor.learn.StatisticsModel;
import io.swarmpilot.predictor.learn.TaskDemand;
import io.swarmpilot.predictor.learn.TrainedModel;
import io.swarmpilot.proto.predictor.storage.v1.Boosted;
import io.swarmpilot.proto.predictor.storage.v1.HeldOutMetrics;
import io.swarmpilot.proto.predictor.storage.v1.LearnedModel;
import io.swarmpilot.proto.predictor.storage.v1.Linear;
import io.swarmpilot.proto.predictor.storage.v1.Statistics;
import io.swarmpilot.proto.predictor.storage.v1.TreeEnsemble;
import java.util.List;
import java.util.Map;

/// Models that were learned here, as protocol buffers. What is decoded is checked to the last index
/// by [LearnedModelCheck] before a model is made of it.
public final class LearnedModelCodec implements ModelCodec {
  @Override
  public ByteString encode(TrainedModel model) {
    LearnedModel.Builder learned =
        LearnedModel.newBuilder().setRows(model.rows()).setHeldOut(encode(model.heldOut()));
    switch (model) {
      case StatisticsModel statistics ->
          learned.setStatistics(
              Statistics.newBuilder().addAllQuantiles(statistics.quantiles().asList()));
      case LinearModel linear ->
          learned.setLinear(
              Linear.newBuilder()
                  .setTask(encode(linear.task()))
                  .setSurface(encode(linear.surface()))
                  .setSpread(encode(linear.spread()))
                  .addAllShape(linear.shape().asList()));
      case BoostedModel boosted ->
          learned.setBoosted(
              Boosted.newBuilder()
                  .setTask(encode(boosted.task()))
                  .setSurface(encode(boosted.surface()))
                  .setLocation(encode(boosted.location()))
                  .setSpread(encode(boosted.spread()))
                  .setSpreadFactor(encode(boosted.spreadFactor()))
                  .addAllShape(boosted.shape().asList()));
      default -> throw new IllegalArgumentException("not a model that is learned here");
    }
    return learned.build().toByteString();
  }

  @Override
  public TrainedModel decode(ByteString bytes) throws ModelFileException {
    LearnedModel learned;
    try {
      learned = LearnedModel.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelFileException("it is damaged: what it holds is no model");
    }
    LearnedModelCheck.check(learned);
    HeldOut heldOut = decode(learned.getHeldOut());
    int rows = learned.getRows();
    return switch (learned.getStageCase()) {
      case STATISTICS ->
          new StatisticsModel(numbers(learned.getStatistics().getQuantilesList()), rows, heldOut);
      case LINEAR -> {
        Linear linear = learned.getLinear();
        yield new LinearModel(
            decode(linear.getTask()),
            decode(linear.getSurface()),
            decode(linear.getSpread()),
            numbers(linear.getShapeList()),
            rows,
            heldOut);
      }
      case BOOSTED -> {
        Boosted boosted = learned.getBoosted();
        yield new BoostedModel(
            decode(boosted.getTask()),
            decode(boosted.getSurface()),
            decode(boosted.getLocation()),
            decode(boosted.getSpread()),
            decode(boosted.getSpreadFactor()),
            numbers(boosted.getShapeList()),
            rows,
            heldOut);
      }
      case STAGE_NOT_SET -> throw new ModelFileException("it holds a model of an unknown kind");
    };
  }

  private static HeldOutMetrics encode(HeldOut heldOut) {
    return HeldOutMetrics.newBuilder()
        .setRows(heldOut.rows())
        .addAllProbabilities(heldOut.pinballMs().keySet())
        .addAllPinballMs(heldOut.pinballMs().values())
        .addAllLevels(heldOut.coverage().keySet())
        .addAllCoverage(heldOut.coverage().values())
        .setMaeMs(heldOut.maeMs())
        .setMape(heldOut.mape())
        .setMeanMs(heldOut.meanMs())
        .build();
  }

  private static HeldOut decode(HeldOutMetrics metrics) {
    return new HeldOut(
        metrics.getRows(),
        map(metrics.getProbabilitiesList(), metrics.getPinballMsList()),
        map(metrics.getLevelsList(), metrics.getCoverageList()),
        metrics.getMaeMs(),
        metrics.getMape(),
        metrics.getMeanMs());
  }

  private static ImmutableMap<Double, Double> map(List<Double> keys, List<Double> values) {
    ImmutableMap.Builder<Double, Double> map = ImmutableMap.builder();
    for (int i = 0; i < keys.size(); i++) {
      map.put(Map.entry(keys.get(i), values.get(i)));
    }
    return map.buildKeepingLast();
  }

  private static io.swarmpilot.proto.predictor.storage.v1.TaskDemand encode(TaskDemand task) {
    return io.swarmpilot.proto.predictor.storage.v1.TaskDemand.newBuilder()
        .addAllFeatures(task.space().names())
        .addAllLow(task.space().low().asList())
        .addAllHigh(task.space().high().asList())
        .setSurface(encode(task.surface()))
        .build();
  }

  private static TaskDemand decode(io.swarmpilot.proto.predictor.storage.v1.TaskDemand task) {
    return new TaskDemand(
        new FeatureSpace(
            ImmutableList.copyOf(task.getFeaturesList()),
            numbers(task.getLowList()),
            numbers(task.getHighList())),
        decode(task.getSurface()));
  }

  private static io.swarmpilot.proto.predictor.storage.v1.ResponseSurface encode(
      ResponseSurface surface) {
    return io.swarmpilot.proto.predictor.storage.v1.ResponseSurface.newBuilder()
        .setIntercept(surface.intercept())
        .addAllLow(surface.low().asList())
        .addAllHigh(surface.high().asList())
        .addAllTypical(surface.typical().asList())
        .addAllPairs(surface.pairs().asList())
        .addAllMeans(surface.means().asList())
        .addAllWeights(surface.weights().asList())
        .build();
  }

  private static ResponseSurface decode(
      io.swarmpilot.proto.predictor.storage.v1.ResponseSurface surface) {
    return new ResponseSurface(
        surface.getIntercept(),
        numbers(surface.getLowList()),
        numbers(surface.getHighList()),
        numbers(surface.getTypicalList()),
        ImmutableIntArray.copyOf(surface.getPairsList()),
        numbers(surface.getMeansList()),
        numbers(surface.getWeightsList()));
  }

  private static io.swarmpilot.proto.predictor.storage.v1.SpreadSurface encode(
      SpreadSurface spread) {
    return io.swarmpilot.proto.predictor.storage.v1.SpreadSurface.newBuilder()
        .setLogSpread(encode(spread.logSpread()))
        .setLeast(spread.least())
        .build();
  }

  private static SpreadSurface decode(
      io.swarmpilot.proto.predictor.storage.v1.SpreadSurface spread) {
    return new SpreadSurface(decode(spread.getLogSpread()), spread.getLeast());
  }

  private static TreeEnsemble encode(Ensemble trees) {
    return TreeEnsemble.newBuilder()
        .setBase(trees.base())
        .addAllRoots(trees.roots().asList())
        .addAllFeatures(trees.features().asList())
        .addAllThresholds(trees.thresholds().asList())
        .addAllChildren(trees.children().asList())
        .addAllValues(trees.values().asList())
        .build();
  }

  private static Ensemble decode(TreeEnsemble trees) {
    return new Ensemble(
        trees.getBase(),
        ImmutableIntArray.copyOf(trees.getRootsList()),
        ImmutableIntArray.copyOf(trees.getFeaturesList()),
        numbers(trees.getThresholdsList()),
        ImmutableIntArray.copyOf(trees.getChildrenList()),
        numbers(trees.getValuesList()));
  }

  private static ImmutableDoubleArray numbers(List<Double> numbers) {
    return ImmutableDoubleArray.copyOf(numbers);
  }
}
