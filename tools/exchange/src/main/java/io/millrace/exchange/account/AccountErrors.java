package io.millrace.exchange.account;

import io.millrace.exchange.trade.Errors;
import io.millrace.exchange.trade.VenueException;

/** The venue's refusals of account settings and transfers; those of orders are in {@link Errors}. */
final class AccountErrors {
    private static final int BAD_REQUEST = 400;

    private AccountErrors() {}

    /**
     * The leverage is outside what the contract allows.
     *
     * @param leverage asked for.
     */
    static VenueException invalidLeverage(int leverage) {
        return refuse(-4028, "Leverage " + leverage + " is not valid");
    }

    static VenueException marginTypeWithOrders() {
        return refuse(-4047, "Margin type cannot be changed if there exists open orders.");
    }

    static VenueException marginTypeWithPosition() {
        return refuse(-4048, "Margin type cannot be changed if there exists position.");
    }

    static VenueException marginNotIsolated() {
        return refuse(-4049, "Add margin only support for isolated position.");
    }

    static VenueException crossBalanceInsufficient() {
        return refuse(-4050, "Cross balance insufficient.");
    }

    static VenueException isolatedBalanceInsufficient() {
        return refuse(-4051, "Isolated balance insufficient.");
    }

    static VenueException marginWithoutPosition() {
        return refuse(-4054, "Cannot add position margin: position is 0.");
    }

    static VenueException amountNotPositive() {
        return refuse(-4055, "Amount must be positive.");
    }

    static VenueException modeWithOrders() {
        return refuse(-4067, "Position side cannot be changed if there exists open orders.");
    }

    static VenueException modeWithPosition() {
        return refuse(-4068, "Position side cannot be changed if there exists position.");
    }

    /** What the venue has and the exchange here has not: hedge mode, multi-assets mode. */
    static VenueException notAllowed() {
        return refuse(-4084, "Method is not allowed currently. Coming soon.");
    }

    static VenueException cannotTrade() {
        return refuse(-4088, "User can not place order currently");
    }

    static VenueException leverageReductionIsolated() {
        return refuse(-4161, "Leverage reduction is not supported in Isolated Margin Mode with open positions.");
    }

    static VenueException sameAssetsMode() {
        return refuse(-4171, "Adjusted asset mode is currently set and does not need to be adjusted repeatedly.");
    }

    private static VenueException refuse(int code, String text) {
        return Errors.of(code, text, BAD_REQUEST);
    }
}
