package io.millrace.gateway.account;

import java.util.function.Consumer;

/**
 * Where listen keys come from. There is one key for each account; asking for one while it lives gives the same again.
 *
 * <p><b>Thread:</b> the loop's, answers too.
 */
public interface ListenKeys {
    /**
     * Answer to a request about a key.
     *
     * @param isOk whether the venue did what was asked.
     * @param listenKey the key; null if the venue did not tell one.
     * @param isGone whether the venue says that there is no such key (-1125).
     * @param retryAtNs monotonic time before which asking again is of no use, 0 if unknown.
     */
    record Answer(boolean isOk, String listenKey, boolean isGone, long retryAtNs) {
        @Override
        public String toString() {
            // Whoever has the key can listen.
            return "Answer[isOk=" + isOk + ", isGone=" + isGone + "]";
        }
    }

    /** Asks for the account's key; {@code onAnswer} is called once, possibly at once. */
    void start(Consumer<Answer> onAnswer);

    /** Lets the account's key live on; {@code onAnswer} is called once, possibly at once. */
    void keepAlive(Consumer<Answer> onAnswer);
}
