package io.millrace.gateway.marketdata;

import io.millrace.codecs.event.AggTradeEncoder;
import io.millrace.codecs.event.BookTickerEncoder;
import io.millrace.codecs.event.DepthDiffEncoder;
import io.millrace.codecs.event.ForceOrderEncoder;
import io.millrace.codecs.event.KlineEncoder;
import io.millrace.codecs.event.MarkPriceEncoder;
import io.millrace.codecs.event.Ticker24hEncoder;
import io.millrace.codecs.event.TradeEncoder;
import io.millrace.codecs.value.Streams;
import io.millrace.gateway.transport.CloseReason;
import io.millrace.gateway.transport.Closing;
import io.millrace.gateway.transport.WebSocketConnection;
import io.millrace.gateway.transport.WebSocketListener;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * One socket with the streams of a shard: subscribes them, passes their frames to the publisher and notes which streams
 * have delivered.
 */
final class MarketSession implements WebSocketListener {
    /** Messages a second that stay free for pongs. */
    private static final int PONG_RESERVE = 3;

    private static final int NO_STREAM = -1;
    private static final int[] STREAM_OF_TEMPLATE = streamsOfTemplates();

    /** The slot that the socket fills. */
    interface Owner {
        void onSubscribed(MarketSession session, List<StreamRef> streams);

        void onUnsubscribed(MarketSession session, List<StreamRef> streams);

        void onEnded(MarketSession session, Closing closing);
    }

    private final FeedContext context;
    private final Owner owner;
    private final FeedCounters counters;
    private final int connectionId;
    private final long startedNs;
    private final List<StreamRef> inUrl = new ArrayList<>();
    private final List<StreamRef> byMessage = new ArrayList<>();
    private final List<StreamRef> acknowledged = new ArrayList<>();
    private final Subscriptions requests;
    private final WebSocketConnection connection;
    private short[] delivered = new short[0];
    private Handover handover;
    private boolean isSuccessor;

    MarketSession(FeedContext context, Route route, List<StreamRef> streams, FeedCounters counters, Owner owner) {
        this.context = context;
        this.owner = owner;
        this.counters = counters;
        this.connectionId = context.ids().next();
        this.startedNs = context.nowNs();
        StreamSettings settings = context.settings();
        this.requests = new Subscriptions(
                settings.limits().streamsPerRequest(),
                settings.life().subscribeTimeout().toNanos());
        URI uri = split(settings.base(route), streams, settings.limits().maxUrlBytes());
        this.connection = new WebSocketConnection(
                context.sockets(), uri, settings.limits().messagesPerSecond(), counters, this);
    }

    void connect() {
        connection.connect();
    }

    int connectionId() {
        return connectionId;
    }

    long startedNs() {
        return startedNs;
    }

    WebSocketConnection connection() {
        return connection;
    }

    /** Returns whether everything that was asked for has been answered. */
    boolean isSubscribed() {
        return connection.isOpen() && requests.isIdle();
    }

    /** Returns the streams that the venue has agreed to deliver. */
    List<StreamRef> acknowledged() {
        return acknowledged;
    }

    /** Returns bits of the streams that have delivered, by instrument. */
    short[] delivered() {
        return delivered;
    }

    /** From now on tells a handover what is delivered here; null ends that. */
    void watch(Handover newHandover, boolean isNew) {
        handover = newHandover;
        isSuccessor = isNew;
    }

    void subscribe(List<StreamRef> streams) {
        requests.request(Subscriptions.SUBSCRIBE, streams, false);
        sendRequests(context.nowNs());
    }

    void unsubscribe(List<StreamRef> streams) {
        requests.request(Subscriptions.UNSUBSCRIBE, streams, false);
        sendRequests(context.nowNs());
    }

    void onTick(long nowNs) {
        connection.onTick(nowNs);
        if (requests.isWaiting() && context.publisher().isOpen() && requests.expire(nowNs)) {
            counters.increment(FeedCounters.REPLY_FAILURES);
            connection.close(CloseReason.SUBSCRIPTION_FAILED, "requests were not answered");
            return;
        }
        sendRequests(nowNs);
        long silenceNs = context.settings().life().silence().toNanos();
        boolean isListening = connection.isOpen() && context.publisher().isOpen() && !connection.isReadStopped();
        if (isListening && nowNs - connection.lastReadNs() > silenceNs) {
            connection.close(
                    CloseReason.SILENCE,
                    "no byte for " + context.settings().life().silence());
        }
    }

    @Override
    public void onOpen() {
        requests.request(Subscriptions.SUBSCRIBE, byMessage, false);
        sendRequests(context.nowNs());
        if (!inUrl.isEmpty()) {
            acknowledge(inUrl);
        }
    }

    @Override
    public boolean isDelivering() {
        return context.publisher().admits();
    }

    @Override
    public void onText(DirectBuffer buffer, int offset, int length, long ingressNs) {
        if (ControlReply.isCandidate(buffer, offset, length) && isReply(buffer, offset, length)) {
            return;
        }
        MarketPublisher publisher = context.publisher();
        int templateId = publisher.onFrame(buffer, offset, length, connectionId, ingressNs, counters);
        int stream = templateId < STREAM_OF_TEMPLATE.length ? STREAM_OF_TEMPLATE[templateId] : NO_STREAM;
        if (stream != NO_STREAM) {
            note(publisher.lastInstrumentId(), stream);
        }
    }

    @Override
    public void onClosed(Closing closing) {
        owner.onEnded(this, closing);
    }

    private void acknowledge(List<StreamRef> streams) {
        acknowledged.addAll(streams);
        owner.onSubscribed(this, streams);
    }

    private void note(int instrumentId, int stream) {
        if (instrumentId < 0) {
            return;
        }
        if (instrumentId >= delivered.length) {
            delivered = Arrays.copyOf(delivered, Math.max(instrumentId + 1, 2 * delivered.length));
        }
        delivered[instrumentId] |= (short) Streams.bit(stream);
        if (handover != null) {
            long eventTimeMs = context.publisher().lastEventTimeMs();
            if (isSuccessor) {
                handover.onNew(instrumentId, stream, eventTimeMs);
            } else {
                handover.onOld(instrumentId, stream, eventTimeMs);
            }
        }
    }

    private boolean isReply(DirectBuffer buffer, int offset, int length) {
        ControlReply reply = ControlReply.parse(buffer, offset, length);
        if (reply == null) {
            return false;
        }
        counters.increment(FeedCounters.REPLIES);
        Subscriptions.Request request = requests.answered(reply.id());
        if (reply.isError()) {
            counters.increment(FeedCounters.REPLY_FAILURES);
            if (request != null && !requests.retry(request)) {
                String detail = "the venue refused a request: code " + reply.code() + ", " + reply.message();
                connection.close(CloseReason.SUBSCRIPTION_FAILED, detail);
            }
        } else if (request != null && request.method.equals(Subscriptions.SUBSCRIBE)) {
            acknowledge(request.streams);
        } else if (request != null) {
            acknowledged.removeAll(request.streams);
            owner.onUnsubscribed(this, request.streams);
        }
        return true;
    }

    private void sendRequests(long nowNs) {
        Subscriptions.Request request = requests.next();
        while (request != null && connection.trySend(request.toJson(), PONG_RESERVE)) {
            requests.sent(nowNs);
            request = requests.next();
        }
    }

    /** As many streams as the URL has room for go there, the rest is subscribed by message. */
    private URI split(URI base, List<StreamRef> streams, int maxUrlBytes) {
        String path = base.toString();
        StringBuilder url = new StringBuilder(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        url.append("/stream");
        String separator = "?streams=";
        for (StreamRef ref : streams) {
            String name = StreamNames.inQuery(ref.name());
            if (byMessage.isEmpty() && url.length() + separator.length() + name.length() <= maxUrlBytes) {
                url.append(separator).append(name);
                separator = "/";
                inUrl.add(ref);
            } else {
                byMessage.add(ref);
            }
        }
        return URI.create(new String(url.toString().getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII));
    }

    private static int[] streamsOfTemplates() {
        int[] streams = new int[FeedCounters.TYPES];
        Arrays.fill(streams, NO_STREAM);
        streams[DepthDiffEncoder.TEMPLATE_ID] = Streams.DEPTH;
        streams[BookTickerEncoder.TEMPLATE_ID] = Streams.BOOK_TICKER;
        streams[AggTradeEncoder.TEMPLATE_ID] = Streams.AGG_TRADE;
        streams[TradeEncoder.TEMPLATE_ID] = Streams.TRADE;
        streams[MarkPriceEncoder.TEMPLATE_ID] = Streams.MARK_PRICE;
        streams[KlineEncoder.TEMPLATE_ID] = Streams.KLINE;
        streams[ForceOrderEncoder.TEMPLATE_ID] = Streams.FORCE_ORDER;
        streams[Ticker24hEncoder.TEMPLATE_ID] = Streams.TICKER_24H;
        return streams;
    }
}
