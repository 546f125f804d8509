package io.millrace.gateway.marketdata;

/**
 * A command of the engine's.
 *
 * @param templateId FetchSnapshot or Resubscribe.
 * @param commandId its id.
 * @param instrumentId that it concerns.
 * @param deadlineNs ingress time after which it must not be sent.
 * @param argument depth limit or stream bits.
 */
record Command(int templateId, long commandId, int instrumentId, long deadlineNs, int argument) {}
