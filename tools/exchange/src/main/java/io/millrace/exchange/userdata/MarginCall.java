package io.millrace.exchange.userdata;

import java.util.List;

/**
 * A warning that positions come near their liquidation: MARGIN_CALL. Guidance only; it may come late.
 *
 * @param timeMs when, epoch milliseconds.
 * @param crossWallet cross wallet balance in 1e-8 of the asset, or {@link #NO_CROSS} if all positions named are isolated.
 * @param positions in danger, at least one.
 */
public record MarginCall(long timeMs, long crossWallet, List<Position> positions) implements PrivateEvent {
    /** No cross position is in danger: {@code cw} is not sent. */
    public static final long NO_CROSS = Long.MIN_VALUE;

    /**
     * A position in danger.
     *
     * @param symbol index.
     * @param lots signed, below 0 for a short position.
     * @param isIsolated whether its margin is its own.
     * @param isolatedWallet its own wallet in 1e-8 of the asset; 0 for a cross position.
     * @param markPrice in 1e-8 of the quote asset.
     * @param unrealized profit at the mark price in 1e-8 of the asset.
     * @param maintenance margin required to keep it, in 1e-8 of the asset.
     */
    public record Position(
            int symbol,
            long lots,
            boolean isIsolated,
            long isolatedWallet,
            long markPrice,
            long unrealized,
            long maintenance) {}

    /** Copies the list. */
    public MarginCall {
        positions = List.copyOf(positions);
    }

    @Override
    public PrivateEventType kind() {
        return PrivateEventType.MARGIN_CALL;
    }
}
