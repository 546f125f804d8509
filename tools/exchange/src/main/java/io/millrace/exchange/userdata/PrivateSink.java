package io.millrace.exchange.userdata;

/**
 * Takes the private events of all accounts as they are delivered.
 *
 * <p><b>Thread:</b> the venue's.
 */
@FunctionalInterface
public interface PrivateSink {
    /**
     * One delivery.
     *
     * @param accountId whose event.
     * @param event delivered.
     * @param pushTimeMs when ({@code E}), epoch milliseconds; never less than before, over all accounts.
     */
    void onEvent(int accountId, PrivateEvent event, long pushTimeMs);
}
