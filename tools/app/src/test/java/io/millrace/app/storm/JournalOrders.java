package io.millrace.app.storm;

import io.millrace.codecs.event.IntentRefusedDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OrderTransitionDecoder;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.engine.orders.OrderState;
import io.millrace.engine.risk.HaltReasons;
import io.millrace.journal.JournalReader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the outputs of a journal tell of its orders, ended ones too. */
final class JournalOrders {
    private static final int BATCH = 1024;

    /** Names of ordinary orders that a command was journaled for. */
    final Set<String> ordinary = new HashSet<>();

    /** Names of conditional orders that a command was journaled for. */
    final Set<String> conditional = new HashSet<>();

    /** The last state of each order, by name. */
    final Map<String, OrderState> states = new HashMap<>();

    /** Intents that became no command, by reason. */
    final Map<String, Integer> refusals = new TreeMap<>();

    private final Map<Long, OrderState> byKey = new HashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private int tag;

    /** Reads a journal. */
    JournalOrders(Path journal) {
        try (JournalReader outputs = JournalReader.outputs(journal)) {
            while (outputs.poll((sequence, buffer, offset, length) -> read(buffer, offset), BATCH) > 0) {
                // Everything.
            }
        }
        byKey.forEach((key, state) -> states.put(ClientOrderId.text(tag, key), state));
    }

    private void read(org.agrona.DirectBuffer buffer, int offset) {
        switch (EventHeader.templateId(buffer, offset)) {
            case PlaceOrderDecoder.TEMPLATE_ID -> {
                PlaceOrderDecoder place = new PlaceOrderDecoder().wrapAndApplyHeader(buffer, offset, header);
                tag = place.clientTag();
                ordinary.add(ClientOrderId.text(tag, place.clientKey()));
            }
            case PlaceAlgoDecoder.TEMPLATE_ID -> {
                PlaceAlgoDecoder place = new PlaceAlgoDecoder().wrapAndApplyHeader(buffer, offset, header);
                tag = place.clientTag();
                conditional.add(ClientOrderId.text(tag, place.clientKey()));
            }
            case OrderTransitionDecoder.TEMPLATE_ID -> {
                OrderTransitionDecoder moved = new OrderTransitionDecoder().wrapAndApplyHeader(buffer, offset, header);
                byKey.put(moved.clientKey(), OrderState.of(moved.toState()));
            }
            case IntentRefusedDecoder.TEMPLATE_ID -> {
                IntentRefusedDecoder refused = new IntentRefusedDecoder().wrapAndApplyHeader(buffer, offset, header);
                refusals.merge(refused.reason() + " " + HaltReasons.toText(refused.haltReasons()), 1, Integer::sum);
            }
            default -> {
                // Tells of no order's end.
            }
        }
    }
}
