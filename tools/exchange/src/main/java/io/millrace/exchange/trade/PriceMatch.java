package io.millrace.exchange.trade;

/** Takes an order's price from the book instead of the request. */
public enum PriceMatch {
    /** The request's price. */
    NONE(false, 0),
    /** Best price of the other side. */
    OPPONENT(true, 1),
    /** Fifth level of the other side. */
    OPPONENT_5(true, 5),
    /** Tenth level of the other side. */
    OPPONENT_10(true, 10),
    /** Twentieth level of the other side. */
    OPPONENT_20(true, 20),
    /** Best price of the own side. */
    QUEUE(false, 1),
    /** Fifth level of the own side. */
    QUEUE_5(false, 5),
    /** Tenth level of the own side. */
    QUEUE_10(false, 10),
    /** Twentieth level of the own side. */
    QUEUE_20(false, 20);

    private final boolean isOpponent;
    private final int level;

    PriceMatch(boolean isOpponent, int level) {
        this.isOpponent = isOpponent;
        this.level = level;
    }

    /** Says whether the price is taken from the other side of the book. */
    public boolean isOpponent() {
        return isOpponent;
    }

    /** Returns which level gives the price, 1 for the best; 0 for {@link #NONE}. */
    public int level() {
        return level;
    }
}
