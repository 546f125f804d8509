package io.millrace.exchange.userdata;

/**
 * Something that one account is told over its private stream. Immutable, so that it may be delivered later than it happened.
 */
public sealed interface PrivateEvent
        permits OrderUpdate,
                TradeLite,
                AccountUpdate,
                AlgoUpdate,
                LeverageUpdate,
                MultiAssetsUpdate,
                MarginCall,
                ListenKeyExpired {

    /** Returns what kind of event it is; events of one kind are delivered in the order in which they happened. */
    PrivateEventType kind();

    /** Returns when it happened, epoch milliseconds ({@code T} where the venue sends one). */
    long timeMs();
}
