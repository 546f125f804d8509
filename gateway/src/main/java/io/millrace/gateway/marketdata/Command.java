package io.millrace.gateway.marketdata;

/**
 * A command of the engine's.
 *
 * @param templateId of the command.
 * @param commandId its id.
 * @param instrumentId that it concerns.
 * @param deadlineNs ingress time after which it must not be sent.
 * @param argument depth limit, number of bars, or stream bits (those to subscribe).
 */
record Command(int templateId, long commandId, int instrumentId, long deadlineNs, int argument) {}
