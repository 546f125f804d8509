package io.millrace.exchange.account;

import io.millrace.exchange.venue.MarginBracket;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The mark price at which a position is liquidated: where {@code equity + side x Q x (P - entry) = Q x P x mmr - cum}, with the
 * bracket that holds at that price.
 *
 * <p>Maintenance margin as a function of value is the highest of the brackets' lines, because rates rise and the lines meet at
 * the floors. So the price of a long is the highest of the prices that the single brackets give, that of a short the lowest: no
 * iteration, and no trouble with a price right on a floor.
 */
final class LiquidationPrice {
    private LiquidationPrice() {}

    /**
     * Computes the price.
     *
     * @param contract of the position.
     * @param lots signed quantity, not 0.
     * @param cost of the position, with its sign.
     * @param equity the wallet behind it, less the maintenance margin of other positions that share it, plus their unrealized
     *     profit.
     * @return price at 1e-8, rounded half even; 0 if no price above 0 liquidates.
     */
    static long of(Contract contract, long lots, long cost, long equity) {
        BigDecimal qty = contract.rules().spec().lot().toDecimal(lots);
        BigDecimal fixed = Money.toDecimal(equity).subtract(Money.toDecimal(cost));
        BigDecimal found = null;
        for (MarginBracket bracket : contract.rules().brackets().brackets()) {
            BigDecimal rate = Money.toDecimal(bracket.maintenanceRateE8());
            BigDecimal divisor = qty.abs().multiply(rate).subtract(qty);
            BigDecimal price =
                    fixed.add(Money.toDecimal(bracket.cumE8())).divide(divisor, Money.DECIMALS, RoundingMode.HALF_EVEN);
            found = found == null ? price : lots > 0 ? found.max(price) : found.min(price);
        }
        return found == null || found.signum() <= 0 ? 0 : Money.of(found);
    }
}
