package io.millrace.app.trading;

import io.millrace.app.config.TradingConfig;
import io.millrace.codecs.event.CancelAlgoDecoder;
import io.millrace.codecs.event.CancelOrderDecoder;
import io.millrace.codecs.event.ConfigureInstrumentDecoder;
import io.millrace.codecs.event.DifferenceAction;
import io.millrace.codecs.event.DifferenceDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderTransitionDecoder;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.codecs.value.InstrumentTable;
import io.millrace.engine.orders.OrderState;
import io.millrace.engine.orders.OrdersReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.agrona.DirectBuffer;

/** Puts what the engine recorded, kept back and changed during a dry reconciliation into words. */
final class ReconcileFindings {
    private static final String NOTHING = "-";

    private final TradingConfig policy;
    private final Amounts amounts;
    private final OrdersReport before;
    private final OrdersReport after;
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    /** By what it is about: a later round's word replaces an earlier one's. */
    private final Map<String, ReconcileReport.Difference> found = new LinkedHashMap<>();

    private final Map<Long, OrderState> firstStates = new LinkedHashMap<>();
    private final Map<Long, OrderState> lastStates = new LinkedHashMap<>();
    private final Map<Long, Integer> instrumentOf = new LinkedHashMap<>();
    private final TreeSet<Long> missing = new TreeSet<>();
    private final List<ReconcileReport.Command> commands = new ArrayList<>();

    /**
     * Begins.
     *
     * @param policy what becomes of what.
     * @param instruments of the journal.
     * @param before what the journal says.
     * @param after what the engine makes of both.
     */
    ReconcileFindings(TradingConfig policy, InstrumentTable instruments, OrdersReport before, OrdersReport after) {
        this.policy = policy;
        this.amounts = new Amounts(instruments);
        this.before = before;
        this.after = after;
    }

    /** Takes a record, in their order. */
    void onRecord(DirectBuffer record) {
        int instrumentId = EventHeader.instrumentId(record, 0);
        if (EventHeader.templateId(record, 0) == OrderTransitionDecoder.TEMPLATE_ID) {
            OrderTransitionDecoder moved = new OrderTransitionDecoder().wrapAndApplyHeader(record, 0, frame);
            firstStates.putIfAbsent(moved.clientKey(), OrderState.of(moved.fromState()));
            lastStates.put(moved.clientKey(), OrderState.of(moved.toState()));
            instrumentOf.put(moved.clientKey(), instrumentId);
            return;
        }
        DifferenceDecoder told = new DifferenceDecoder().wrapAndApplyHeader(record, 0, frame);
        String key =
                told.kind() + "/" + instrumentId + "/" + told.clientKey() + "/" + told.venueId() + "/" + told.asset();
        switch (told.kind()) {
            case ORDER_MISSING -> missing.add(told.clientKey());
            case ORDER_UNEXPECTED ->
                put(
                        key,
                        told,
                        "order unexpected",
                        "open at the venue with this journal's name, ended or unknown here; trading.unexpectedOrders="
                                + policy.unexpectedOrders());
            case ORDER_FOREIGN ->
                put(
                        key,
                        told,
                        "order foreign",
                        "open at the venue and not this journal's; trading.foreignOrders=" + policy.foreignOrders());
            case POSITION, POSITION_FOREIGN -> onPosition(key, told);
            case WALLET -> onWallet(key, told);
            case PROTECTION_ORPHAN ->
                put(key, told, "stop orphan", "a stop of this journal without a position to cover");
            default -> {
                // Fills that are missed show in orders and positions.
            }
        }
    }

    private void put(String key, DifferenceDecoder told, String what, String because) {
        int instrumentId = EventHeader.instrumentId(told.buffer(), 0);
        InstrumentSpec spec = amounts.instruments().byId(instrumentId);
        String subject = told.clientKey() != 0 ? name(told.clientKey()) : "#" + told.venueId();
        found.put(
                key,
                new ReconcileReport.Difference(
                        what,
                        spec == null ? NOTHING : spec.symbol(),
                        subject,
                        lots(told.ours(), spec),
                        lots(told.theirs(), spec),
                        told.action().name().toLowerCase(Locale.ROOT),
                        because));
    }

    private void onPosition(String key, DifferenceDecoder told) {
        if (told.action() == DifferenceAction.RECHECK) {
            // Not sure yet: trades that are asked for next may explain it.
            found.remove(key);
            return;
        }
        InstrumentSpec spec = amounts.instruments().byId(EventHeader.instrumentId(told.buffer(), 0));
        String because = spec == null
                ? "in a contract that the journal does not follow: nobody looks after it"
                : "no fill explains it, seen twice; trading.positions=" + policy.positions();
        found.put(
                key,
                new ReconcileReport.Difference(
                        "position",
                        spec == null ? NOTHING : spec.symbol(),
                        NOTHING,
                        lots(told.ours(), spec),
                        lots(told.theirs(), spec),
                        told.action().name().toLowerCase(Locale.ROOT),
                        because));
    }

    private void onWallet(String key, DifferenceDecoder told) {
        if (told.action() != DifferenceAction.RECHECK) {
            found.put(
                    key,
                    new ReconcileReport.Difference(
                            "wallet",
                            NOTHING,
                            OrdersReport.assetText(told.asset()),
                            Amounts.e8(told.ours()),
                            Amounts.e8(told.theirs()),
                            "adopt",
                            "no fill, fee or transfer explains it, seen twice"));
        }
    }

    /** Takes a command that did not leave. */
    void onCommand(DirectBuffer command) {
        int instrumentId = EventHeader.instrumentId(command, 0);
        InstrumentSpec spec = amounts.spec(instrumentId, "a command");
        switch (EventHeader.templateId(command, 0)) {
            case PlaceAlgoDecoder.TEMPLATE_ID -> {
                PlaceAlgoDecoder stop = new PlaceAlgoDecoder().wrapAndApplyHeader(command, 0, frame);
                String qty = Amounts.units(stop.qtyLots(), spec.lot());
                add(
                        "place",
                        spec,
                        name(stop.clientKey()),
                        stop.side() + " " + stop.orderType() + " " + qty + " at "
                                + Amounts.units(stop.triggerTicks(), spec.tick()));
                found.put(
                        "stop/" + instrumentId,
                        new ReconcileReport.Difference(
                                "stop missing",
                                spec.symbol(),
                                NOTHING,
                                lots(position(after, instrumentId), spec),
                                "uncovered " + qty,
                                "place",
                                "the venue has no stop for so much of the position"));
            }
            case PlaceOrderDecoder.TEMPLATE_ID -> {
                PlaceOrderDecoder order = new PlaceOrderDecoder().wrapAndApplyHeader(command, 0, frame);
                String price = order.priceTicks() == 0 ? "" : " at " + Amounts.units(order.priceTicks(), spec.tick());
                add(
                        "place",
                        spec,
                        name(order.clientKey()),
                        order.side() + " " + order.orderType() + " " + Amounts.units(order.qtyLots(), spec.lot())
                                + price);
            }
            case CancelOrderDecoder.TEMPLATE_ID -> {
                CancelOrderDecoder cancel = new CancelOrderDecoder().wrapAndApplyHeader(command, 0, frame);
                add(
                        "cancel",
                        spec,
                        cancel.clientKey() != 0 ? name(cancel.clientKey()) : "#" + cancel.venueOrderId(),
                        "");
            }
            case CancelAlgoDecoder.TEMPLATE_ID -> {
                CancelAlgoDecoder cancel = new CancelAlgoDecoder().wrapAndApplyHeader(command, 0, frame);
                add(
                        "cancel",
                        spec,
                        cancel.clientKey() != 0 ? name(cancel.clientKey()) : "#" + cancel.venueAlgoId(),
                        "");
            }
            case ConfigureInstrumentDecoder.TEMPLATE_ID -> add("configure", spec, NOTHING, "");
            default -> add("countdown", spec, NOTHING, "");
        }
    }

    private void add(String what, InstrumentSpec spec, String subject, String text) {
        ReconcileReport.Command command = new ReconcileReport.Command(what, spec.symbol(), subject, text);
        if (!commands.contains(command)) {
            commands.add(command);
        }
    }

    /** Returns the commands, sorted. */
    List<ReconcileReport.Command> commands() {
        return commands.stream()
                .sorted(Comparator.comparing(ReconcileReport.Command::what)
                        .thenComparing(ReconcileReport.Command::symbol)
                        .thenComparing(ReconcileReport.Command::subject))
                .toList();
    }

    /** Returns the differences, sorted. */
    List<ReconcileReport.Difference> differences() {
        List<ReconcileReport.Difference> all = new ArrayList<>(found.values());
        firstStates.forEach((key, first) -> onMoved(all, key, first, lastStates.get(key)));
        for (OrdersReport.Position now : after.positions()) {
            onFills(all, now);
        }
        all.sort(Comparator.comparing(ReconcileReport.Difference::what)
                .thenComparing(ReconcileReport.Difference::symbol)
                .thenComparing(ReconcileReport.Difference::subject));
        return List.copyOf(all);
    }

    /** What only moves on among the open states is no difference; nor is what this run itself would place. */
    private void onMoved(List<ReconcileReport.Difference> all, long key, OrderState first, OrderState last) {
        OrdersReport.Order known = before.orders().stream()
                .filter(order -> order.clientKey() == key)
                .findFirst()
                .orElse(null);
        boolean isSame = first.isOpen() && last.isOpen() && !missing.contains(key);
        if (known == null || first.isEnd() || isSame) {
            return;
        }
        InstrumentSpec spec = amounts.spec(instrumentOf.get(key), "order " + name(key));
        String why = first == OrderState.UNKNOWN || !first.isOpen()
                ? "what became of it was not known when the journal ended"
                : "open in the journal, and not at the venue any more";
        all.add(new ReconcileReport.Difference(
                missing.contains(key) ? "order missing" : "order resolved",
                spec.symbol(),
                name(key),
                text(first),
                text(last),
                last == OrderState.UNSENT ? "end" : "query",
                last == OrderState.UNSENT ? "decided on before a crash, and never sent" : why));
    }

    private void onFills(List<ReconcileReport.Difference> all, OrdersReport.Position now) {
        OrdersReport.Position then = before.positions().stream()
                .filter(position -> position.instrumentId() == now.instrumentId())
                .findFirst()
                .orElse(null);
        long fills = now.fills() - (then == null ? 0 : then.fills());
        if (fills > 0) {
            InstrumentSpec spec = amounts.spec(now.instrumentId(), "a position");
            all.add(new ReconcileReport.Difference(
                    "fills missed",
                    spec.symbol(),
                    NOTHING,
                    lots(then == null ? 0 : then.lots(), spec),
                    lots(now.lots(), spec),
                    "book",
                    fills + " trades that the venue has and the journal has not; they explain the position"));
        }
    }

    private static long position(OrdersReport report, int instrumentId) {
        return report.positions().stream()
                .filter(position -> position.instrumentId() == instrumentId)
                .mapToLong(OrdersReport.Position::lots)
                .sum();
    }

    private String name(long key) {
        return ClientOrderId.text(after.clientTag(), key);
    }

    private static String lots(long lots, InstrumentSpec spec) {
        return spec == null ? lots + " lots" : Amounts.units(lots, spec.lot());
    }

    private static String text(OrderState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
