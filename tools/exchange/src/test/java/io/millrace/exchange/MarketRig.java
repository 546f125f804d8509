package io.millrace.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.exchange.account.ApiKey;
import io.millrace.exchange.api.ApiDispatcher;
import io.millrace.exchange.api.ApiReply;
import io.millrace.exchange.api.ApiRequest;
import io.millrace.exchange.api.EndpointTable;
import io.millrace.exchange.api.RateLimitSettings;
import io.millrace.exchange.api.RateLimits;
import io.millrace.exchange.market.FrameSink;
import io.millrace.exchange.market.MarketSource;
import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.marketdata.PublicMarket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A market in process with the public endpoints over it: what the streams said, and what REST answers. */
public final class MarketRig implements FrameSink {
    public static final String KEY = "key";

    public final MarketSource market;
    private final Set<StreamKind> wanted;
    private final ApiDispatcher api;
    private final Map<String, List<JsonNode>> frames = new LinkedHashMap<>();
    private long nowNs;

    public MarketRig(MarketSource market, long startNs, StreamKind... wanted) {
        this.market = market;
        this.wanted = Set.of(wanted);
        this.nowNs = startNs;
        EndpointTable table = new EndpointTable().addAll(new PublicMarket(market, market::rules).rows());
        ApiKey key = ApiKey.hmac(KEY, 1, "secret");
        api = new ApiDispatcher(
                table, name -> name.equals(KEY) ? key : null, new RateLimits(RateLimitSettings.VENUE), true);
    }

    public void advance(long deltaNs) {
        nowNs += deltaNs;
        while (market.advance(nowNs, 10_000, this) > 0) {
            // All of it.
        }
    }

    public long nowMs() {
        return nowNs / 1_000_000;
    }

    /** Returns what a stream said; the symbol is null for one of the whole market. */
    public List<JsonNode> heard(String symbol, StreamKind kind) {
        return frames.getOrDefault(symbol + kind.suffix(), List.of());
    }

    public JsonNode last(String symbol, StreamKind kind) {
        List<JsonNode> all = heard(symbol, kind);
        return all.get(all.size() - 1);
    }

    public ApiReply reply(String path, String query, Map<String, String> headers) {
        return api.serve(new ApiRequest("GET", path, query, "", headers, "127.0.0.1", nowMs(), nowMs()));
    }

    /** Returns an answer's body, and checks that the request cost what it should. */
    public JsonNode get(int weight, String path, String query) {
        int before = weight(reply("/no/such/path", "", Map.of()));
        ApiReply reply = reply(path, query, Map.of());
        assertEquals(200, reply.status(), reply.text());
        assertEquals(weight, weight(reply) - before, "weight of " + path + "?" + query);
        return ForeignClient.parse(reply.text());
    }

    private static int weight(ApiReply reply) {
        return Integer.parseInt(reply.headers().get("X-MBX-USED-WEIGHT-1M"));
    }

    public void assertRefused(int code, String path, String query) {
        ApiReply reply = reply(path, query, Map.of());
        assertEquals(400, reply.status(), reply.text());
        JsonNode body = ForeignClient.parse(reply.text());
        Shape.check(body, "code:integer msg:text");
        assertEquals(code, body.get("code").intValue(), reply.text());
    }

    @Override
    public boolean isWanted(int symbol, StreamKind kind) {
        return wanted.contains(kind);
    }

    @Override
    public void onFrame(int symbol, StreamKind kind, byte[] payload, int length) {
        String name =
                symbol == WHOLE_MARKET ? null : market.symbols().get(symbol).symbol();
        frames.computeIfAbsent(name + kind.suffix(), unused -> new ArrayList<>())
                .add(ForeignClient.parse(new String(payload, 0, length, StandardCharsets.UTF_8)));
    }
}
