package io.millrace.app.demo;

import io.millrace.codecs.value.Grid;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.engine.Engine;
import io.millrace.engine.orders.OrdersReport;
import io.millrace.engine.status.LatencySeries;
import io.millrace.gateway.account.OrderStatus;
import io.millrace.gateway.orders.LinkCounters;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a demonstration's orders have come to. The names are those of {@code --json}.
 *
 * @param sent requests about orders and the account that left.
 * @param answered of them, answered by an order.
 * @param failed refused by the venue, or come to nothing for certain.
 * @param unknown of which nobody knew at first what became.
 * @param notSent commands that did not leave: limits, a link that was down, or too old.
 * @param orders ordinary orders among the last 4,096 commands.
 * @param stops conditional orders among them.
 * @param cancels of either among them.
 * @param fills of all orders.
 * @param entriesHalted why no entries were allowed when the time was over, "none" if they were.
 * @param isWoundUp whether everything had been closed when the two accounts were compared.
 * @param positionsEqual whether the engine's positions were the exchange's.
 * @param walletUsdt the engine's wallet.
 * @param venueWalletUsdt the exchange's.
 * @param walletEqual whether they were equal.
 */
public record DemoTrading(
        long sent,
        long answered,
        long failed,
        long unknown,
        long notSent,
        long orders,
        long stops,
        long cancels,
        long fills,
        String entriesHalted,
        boolean isWoundUp,
        boolean positionsEqual,
        String walletUsdt,
        String venueWalletUsdt,
        boolean walletEqual) {
    private static final int E8_DIGITS = 8;

    /**
     * What was asked before the connections closed.
     *
     * @param status of the order link.
     * @param entriesHalted why no entries were allowed when the time was over.
     * @param isWoundUp whether everything had been closed.
     * @param venue the account as the exchange has it.
     */
    record AtTheEnd(OrderStatus status, String entriesHalted, boolean isWoundUp, VenueAccount venue) {}

    /**
     * Compares.
     *
     * @param engine that has ended.
     * @param table contracts by id.
     * @param atTheEnd what was asked when the time was over.
     */
    static DemoTrading of(Engine engine, InstrumentTable table, AtTheEnd atTheEnd) {
        OrdersReport ours = engine.riskStage().report();
        VenueAccount venue = atTheEnd.venue();
        LinkCounters counters = atTheEnd.status().counters();
        Map<String, Long> commands = new TreeMap<>();
        engine.orderStamps()
                .snapshot((row, stampsNs) ->
                        commands.merge(LatencySeries.commandName(row.commandTemplateId()), 1L, Long::sum));
        Map<String, BigDecimal> positions = new TreeMap<>();
        long fills = 0;
        for (OrdersReport.Position position : ours.positions()) {
            fills += position.fills();
            if (position.lots() != 0) {
                InstrumentSpec spec = table.byId(position.instrumentId());
                positions.put(spec.symbol(), units(position.lots(), spec.lot()));
            }
        }
        BigDecimal wallet = ours.wallets().stream()
                .filter(each -> each.asset().equals("USDT"))
                .map(each -> BigDecimal.valueOf(each.oursE8(), E8_DIGITS))
                .findFirst()
                .orElse(BigDecimal.ZERO);
        return new DemoTrading(
                counters.get(LinkCounters.SENT) + counters.get(LinkCounters.SLOW),
                counters.get(LinkCounters.ANSWERED),
                counters.get(LinkCounters.FAILED),
                counters.get(LinkCounters.UNKNOWN),
                counters.get(LinkCounters.REFUSED) + counters.get(LinkCounters.EXPIRED),
                commands.getOrDefault("place", 0L),
                commands.getOrDefault("placeAlgo", 0L),
                commands.getOrDefault("cancel", 0L) + commands.getOrDefault("cancelAlgo", 0L),
                fills,
                atTheEnd.entriesHalted(),
                atTheEnd.isWoundUp(),
                areEqual(positions, venue.positions()),
                wallet.toPlainString(),
                venue.walletUsdt().toPlainString(),
                wallet.compareTo(venue.walletUsdt()) == 0);
    }

    /** Returns whether nothing contradicts: accounts that were still moving cannot be compared. */
    public boolean isGood() {
        return !isWoundUp || (positionsEqual && walletEqual);
    }

    private static boolean areEqual(Map<String, BigDecimal> here, Map<String, BigDecimal> there) {
        return here.keySet().equals(there.keySet())
                && here.entrySet().stream().allMatch(each -> each.getValue().compareTo(there.get(each.getKey())) == 0);
    }

    private static BigDecimal units(long lots, Grid grid) {
        return BigDecimal.valueOf(lots)
                .multiply(BigDecimal.valueOf(grid.mantissa()).scaleByPowerOfTen(grid.exponent()));
    }
}
