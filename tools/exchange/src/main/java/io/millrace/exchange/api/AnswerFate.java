package io.millrace.exchange.api;

/**
 * What becomes of an answer on its way to the client.
 *
 * @param copies how often it is sent, 0 if it is lost while its connection lives.
 * @param delayMs milliseconds by which it is sent later; of one that waits for the next, how long at most.
 * @param isHeld whether it waits for the next answer and is sent after that.
 * @param isCut whether the connection is cut in its place.
 * @param partPercent how much of it is sent before the cut, 0 to 99.
 */
public record AnswerFate(int copies, long delayMs, boolean isHeld, boolean isCut, int partPercent) {
    /** As it should be. */
    public static final AnswerFate PROMPT = new AnswerFate(1, 0, false, false, 0);

    /** Never, and the connection lives. */
    public static final AnswerFate LOST = new AnswerFate(0, 0, false, false, 0);

    /** Twice. */
    public static final AnswerFate TWICE = new AnswerFate(2, 0, false, false, 0);

    /** Later by milliseconds. */
    static AnswerFate late(long ms) {
        return new AnswerFate(1, ms, false, false, 0);
    }

    /** After the next one, or after milliseconds. */
    static AnswerFate held(long ms) {
        return new AnswerFate(1, ms, true, false, 0);
    }

    /** Cut after a part, in percent. */
    static AnswerFate cut(int partPercent) {
        return new AnswerFate(0, 0, false, true, partPercent);
    }
}
