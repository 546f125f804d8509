package io.millrace.gateway.account;

import io.millrace.codecs.event.MarginType;
import io.millrace.gateway.transport.Checks;
import java.util.List;

/**
 * How the account has to be set before anything is traded.
 *
 * @param isOneWaySet whether an account in hedge mode is switched to one position a contract; if not, that is only reported.
 * @param contracts whose leverage and margin type are checked, and set where they differ.
 */
public record SetupSettings(boolean isOneWaySet, List<Contract> contracts) {
    /** Nothing is set; mode and permissions are checked all the same. */
    public static final SetupSettings CHECK_ONLY = new SetupSettings(false, List.of());

    /**
     * How a contract has to be set.
     *
     * @param symbol of it.
     * @param leverage 1 to 125, 0 to leave it.
     * @param marginType UNKNOWN to leave it.
     */
    public record Contract(String symbol, int leverage, MarginType marginType) {
        /** Checks the ranges. */
        public Contract {
            Checks.range("setup.leverage of " + symbol, leverage, 0, 125);
        }
    }

    /** Copies the list. */
    public SetupSettings {
        contracts = List.copyOf(contracts);
    }
}
