package io.millrace.app.trading;

import io.millrace.app.config.Config;
import io.millrace.app.runtime.Replay;
import io.millrace.app.terminal.Progress;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.engine.orders.OrdersReport;
import io.millrace.engine.orders.RiskStage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.risk.HaltReasons;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * Orders, positions and wallets as a journal tells them: it is replayed, and the engine is looked at afterwards. The journal
 * of a running engine may be read too; then this is how things were when the reading began.
 *
 * @param journal directory.
 * @param run number of the journal's last run.
 * @param events replayed.
 * @param halted why no entries are allowed, "none" if they are.
 * @param orders known, by name.
 * @param positions of instruments that were traded, by symbol.
 * @param wallets by asset.
 * @param counts of what happened in the journal.
 */
public record AccountPicture(
        String journal,
        long run,
        long events,
        String halted,
        List<Order> orders,
        List<Position> positions,
        List<Wallet> wallets,
        OrdersReport.Counts counts) {

    /**
     * An order.
     *
     * @param id its name at the venue.
     * @param symbol its contract.
     * @param side BUY or SELL.
     * @param type of it.
     * @param state what is known of it.
     * @param isOpen whether it may still be filled.
     * @param price limit, null for a market order.
     * @param trigger of a conditional order, else null.
     * @param qty wanted.
     * @param filled by the fills that came.
     * @param averagePrice of the fills, null if there is none.
     * @param fee paid, with its asset; null if none.
     * @param venueOrderId the venue's id, null if unknown.
     * @param venueAlgoId the venue's id of a conditional order, null if unknown.
     */
    public record Order(
            String id,
            String symbol,
            String side,
            String type,
            String state,
            boolean isOpen,
            String price,
            String trigger,
            String qty,
            String filled,
            String averagePrice,
            String fee,
            Long venueOrderId,
            Long venueAlgoId) {}

    /**
     * A position.
     *
     * @param symbol its contract.
     * @param qty by fills, negative for short.
     * @param venueQty as the venue told last.
     * @param entryPrice average of what is open, null if flat.
     * @param protectedQty covered by stops that are open at the venue.
     * @param realized profit before fees.
     * @param fills counted.
     */
    public record Position(
            String symbol,
            String qty,
            String venueQty,
            String entryPrice,
            String protectedQty,
            String realized,
            long fills) {}

    /**
     * A wallet.
     *
     * @param asset its asset.
     * @param ours by fills and account events.
     * @param venue as the venue told last.
     */
    public record Wallet(String asset, String ours, String venue) {}

    /**
     * Replays a journal and looks.
     *
     * @param directory of the journal.
     * @param config threads and ring.
     * @param progress told how far it is.
     * @return the picture.
     * @throws io.millrace.journal.segment.JournalException if it cannot be read.
     */
    public static AccountPicture of(Path directory, Config config, Progress progress) {
        Replay replay = new Replay(directory, config, UnaryOperator.identity());
        long events = replay.run(replay.scan().lastInputSequence(), progress).events();
        OrdersReport report = ((RiskStage) replay.engine().stage(StageIds.RISK)).report();
        return of(directory.toString(), events, report, replay.instruments());
    }

    /**
     * Puts a report of the engine's into words and decimals.
     *
     * @param journal directory.
     * @param events that led there.
     * @param report of the engine.
     * @param instruments that it speaks of.
     * @return the picture.
     */
    public static AccountPicture of(String journal, long events, OrdersReport report, InstrumentTable instruments) {
        Amounts amounts = new Amounts(instruments);
        return new AccountPicture(
                journal,
                report.runEpoch(),
                events,
                HaltReasons.toText(report.haltReasons()),
                report.orders().stream()
                        .map(order -> order(report.clientTag(), order, amounts))
                        .toList(),
                report.positions().stream()
                        .map(position -> position(position, amounts))
                        .toList(),
                report.wallets().stream()
                        .map(wallet ->
                                new Wallet(wallet.asset(), Amounts.e8(wallet.oursE8()), Amounts.e8(wallet.venueE8())))
                        .toList(),
                report.counts());
    }

    private static Order order(int tag, OrdersReport.Order order, Amounts amounts) {
        String id = ClientOrderId.text(tag, order.clientKey());
        InstrumentSpec spec = amounts.spec(order.instrumentId(), "order " + id);
        BigDecimal average = order.filledLots() == 0
                ? null
                : new BigDecimal(order.cost())
                        .multiply(Amounts.step(spec.tick()))
                        .divide(BigDecimal.valueOf(order.filledLots()), MathContext.DECIMAL64);
        return new Order(
                id,
                spec.symbol(),
                order.side().name(),
                order.type().name(),
                order.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                !order.state().isEnd(),
                order.priceTicks() == 0 ? null : Amounts.units(order.priceTicks(), spec.tick()),
                order.triggerTicks() == 0 ? null : Amounts.units(order.triggerTicks(), spec.tick()),
                Amounts.units(order.qtyLots(), spec.lot()),
                Amounts.units(order.filledLots(), spec.lot()),
                average == null ? null : average.stripTrailingZeros().toPlainString(),
                order.feeE8() == 0 ? null : Amounts.e8(order.feeE8()) + " " + order.feeAsset(),
                order.venueOrderId() == 0 ? null : order.venueOrderId(),
                order.venueAlgoId() == 0 ? null : order.venueAlgoId());
    }

    private static Position position(OrdersReport.Position position, Amounts amounts) {
        InstrumentSpec spec = amounts.spec(position.instrumentId(), "a position");
        return new Position(
                spec.symbol(),
                Amounts.units(position.lots(), spec.lot()),
                Amounts.units(position.venueLots(), spec.lot()),
                position.lots() == 0 ? null : Amounts.units(position.entryTicks(), spec.tick()),
                Amounts.units(position.stopLots(), spec.lot()),
                Amounts.e8(position.realizedE8()),
                position.fills());
    }
}
