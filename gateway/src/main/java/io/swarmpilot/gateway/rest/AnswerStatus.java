package io.swarmpilot.gateway.rest;

import com.linecorp.armeria.common.HttpStatus;

/// HTTP status of an answer that is no refusal.
@FunctionalInterface
public interface AnswerStatus {
  /// 200 for everything.
  AnswerStatus OK = answer -> HttpStatus.OK;

  /// The status for an answer, given as wire bytes.
  HttpStatus of(byte[] answer);
}
