package io.millrace.engine.status;

import io.millrace.codecs.event.AccountReportDecoder;
import io.millrace.codecs.event.AggTradeDecoder;
import io.millrace.codecs.event.AlgoReportDecoder;
import io.millrace.codecs.event.AmendOrderDecoder;
import io.millrace.codecs.event.AuditDoneDecoder;
import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.CancelAlgoDecoder;
import io.millrace.codecs.event.CancelBatchDecoder;
import io.millrace.codecs.event.CancelOrderDecoder;
import io.millrace.codecs.event.ClockTickDecoder;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.DepthDiffDecoder;
import io.millrace.codecs.event.FillNoticeDecoder;
import io.millrace.codecs.event.KlineDecoder;
import io.millrace.codecs.event.MarkPriceDecoder;
import io.millrace.codecs.event.OperatorCommandDecoder;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.PlaceAlgoDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.TradeDecoder;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One histogram of latencies with its name, as reports and dumps show it.
 *
 * @param scope {@code events} for the sampled events of all types, {@code orders} for all orders, {@code orders.ticker} and
 *     so on for the orders that an event of that type caused.
 * @param hop the part of the way, as {@link LatencyRecorder#name} or {@link OrderLatencies#name} say it.
 * @param histogram nanoseconds; the receiver's own.
 */
public record LatencySeries(String scope, String hop, Histogram histogram) {
    /** Scope of sampled events. */
    public static final String EVENTS = "events";
    /** Scope of all orders. */
    public static final String ORDERS = "orders";

    // As an event goes through them.
    private static final int[] EVENT_HOPS = {
        LatencyRecorder.DECODE,
        LatencyRecorder.PUBLISH,
        LatencyRecorder.QUEUE,
        LatencyRecorder.BOOK,
        LatencyRecorder.STRATEGY,
        LatencyRecorder.RISK,
        LatencyRecorder.JOURNAL,
        LatencyRecorder.EGRESS,
        LatencyRecorder.TOTAL
    };

    /** Returns scope and hop in one, {@code orders.ticker/encode} say. */
    public String name() {
        return scope + "/" + hop;
    }

    /**
     * Returns everything that was recorded until now, without what is empty; for any thread. Where orders have one cause only
     * there is no sum of all.
     *
     * @param events latencies of sampled events.
     * @param orders latencies of orders.
     */
    public static List<LatencySeries> of(LatencyRecorder events, OrderLatencies orders) {
        List<LatencySeries> series = new ArrayList<>();
        for (int hop : EVENT_HOPS) {
            add(series, EVENTS, LatencyRecorder.name(hop), events.copy(hop));
        }
        for (int hop = 0; hop < OrderLatencies.hops(); hop++) {
            add(series, ORDERS, OrderLatencies.name(hop), orders.copy(hop));
        }
        for (int cause : orders.causes()) {
            for (int hop = 0; hop < OrderLatencies.hops(); hop++) {
                add(series, ORDERS + "." + eventName(cause), OrderLatencies.name(hop), orders.copy(cause, hop));
            }
        }
        return series;
    }

    private static void add(List<LatencySeries> series, String scope, String hop, Histogram histogram) {
        if (histogram.getTotalCount() > 0) {
            series.add(new LatencySeries(scope, hop, histogram));
        }
    }

    /** Returns the short name of an order command's type. */
    public static String commandName(int templateId) {
        return switch (templateId) {
            case PlaceOrderDecoder.TEMPLATE_ID -> "place";
            case AmendOrderDecoder.TEMPLATE_ID -> "amend";
            case CancelOrderDecoder.TEMPLATE_ID -> "cancel";
            case PlaceAlgoDecoder.TEMPLATE_ID -> "placeAlgo";
            case CancelAlgoDecoder.TEMPLATE_ID -> "cancelAlgo";
            case CancelBatchDecoder.TEMPLATE_ID -> "cancelBatch";
            default -> "template-" + templateId;
        };
    }

    /** Returns the short name of an event type, {@code template-N} for those that no report has shown yet. */
    public static String eventName(int templateId) {
        return switch (templateId) {
            case BookTickerDecoder.TEMPLATE_ID -> "ticker";
            case DepthDiffDecoder.TEMPLATE_ID -> "depth";
            case AggTradeDecoder.TEMPLATE_ID -> "aggTrade";
            case TradeDecoder.TEMPLATE_ID -> "trade";
            case MarkPriceDecoder.TEMPLATE_ID -> "markPrice";
            case KlineDecoder.TEMPLATE_ID -> "kline";
            case ClockTickDecoder.TEMPLATE_ID -> "tick";
            case OperatorCommandDecoder.TEMPLATE_ID -> "operator";
            case CommandOutcomeDecoder.TEMPLATE_ID -> "outcome";
            case OrderReportDecoder.TEMPLATE_ID -> "order";
            case FillNoticeDecoder.TEMPLATE_ID -> "fill";
            case AlgoReportDecoder.TEMPLATE_ID -> "algo";
            case AccountReportDecoder.TEMPLATE_ID -> "account";
            case AuditDoneDecoder.TEMPLATE_ID -> "audit";
            default -> "template-" + templateId;
        };
    }
}
