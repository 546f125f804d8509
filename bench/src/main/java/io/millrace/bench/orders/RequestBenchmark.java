package io.millrace.bench.orders;

import io.millrace.bench.market.SampleEvents;
import io.millrace.codecs.binance.OrderRequests;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.Lane;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OrderType;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.event.PlaceOrderEncoder;
import io.millrace.codecs.event.PriceMatch;
import io.millrace.codecs.event.SelfTradePrevention;
import io.millrace.codecs.event.Side;
import io.millrace.codecs.event.TimeInForce;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.codecs.value.InstrumentSpec;
import io.millrace.gateway.keys.ApiKey;
import io.millrace.gateway.keys.NewKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One limit order as the venue's request: on the logged-on WebSocket API it needs no signature, over REST it is a query with one.
 * Beside them a copy of the same bytes, and bare signatures of the JDK over the same bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RequestBenchmark {
    /** All variants, each floor in front of what stands beside it. */
    public static final List<String> VARIANTS = List.of(
            "copyRequest", "encodeRequest", "bareHmac", "encodeAndSignHmac", "bareEd25519", "encodeAndSignEd25519");

    private static final int RECV_WINDOW_MS = 2000;
    private static final long NOW_MS = 1_795_262_400_500L;
    private static final String SECRET = "an example's secret, of as many characters as the venue's: sixty-four.";

    private final InstrumentSpec btc = SampleEvents.btc();
    private final OrderRequests requests = new OrderRequests(RECV_WINDOW_MS);
    private final UnsafeBuffer command = new UnsafeBuffer(new byte[512]);
    private final PlaceOrderDecoder order = new PlaceOrderDecoder();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[OrderRequests.MAX_LENGTH]);
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[OrderRequests.MAX_LENGTH]);
    private int requestLength;
    private byte[] query;
    private ApiKey hmacKey;
    private ApiKey ed25519Key;
    private Mac mac;
    private Signature signature;
    private long requestId;

    /** Makes keys and the order. */
    @Setup
    public void setUp() throws GeneralSecurityException {
        hmacKey = ApiKey.of("example", SECRET);
        ed25519Key = ApiKey.of("example", NewKey.ed25519().privatePem());
        mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        signature = Signature.getInstance("Ed25519");
        signature.initSign(
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
        new PlaceOrderEncoder()
                .wrapAndApplyHeader(command, 0, new MessageHeaderEncoder())
                .clientKey(ClientOrderId.key(12, 3, ClientOrderId.ENTRY, 417))
                .priceTicks(912_000)
                .qtyLots(50)
                .goodTillMs(0)
                .clientTag(1)
                .side(Side.BUY)
                .orderType(OrderType.LIMIT)
                .timeInForce(TimeInForce.GTX)
                .reduceOnly(BooleanType.NO)
                .priceMatch(PriceMatch.NONE)
                .selfTradePrevention(SelfTradePrevention.DEFAULT)
                .lane(Lane.ENTRY);
        order.wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
        query = queryText().getBytes(StandardCharsets.UTF_8);
        requestLength = encodeRequest();
    }

    /** Copies a finished request. */
    @Benchmark
    public int copyRequest() {
        copy.putBytes(0, out, 0, requestLength);
        return copy.getByte(requestLength - 1);
    }

    /** Writes the request of the WebSocket API. */
    @Benchmark
    public int encodeRequest() {
        return requests.json(out, 0, ++requestId, NOW_MS).place(order, btc);
    }

    /** The JDK's HMAC of the query. */
    @Benchmark
    public byte[] bareHmac() {
        return mac.doFinal(query);
    }

    /** Writes the query and signs it with the shared secret. */
    @Benchmark
    public String encodeAndSignHmac() {
        return hmacKey.signed(queryText());
    }

    /** The JDK's Ed25519 signature of the query. */
    @Benchmark
    public byte[] bareEd25519() throws GeneralSecurityException {
        signature.update(query);
        return signature.sign();
    }

    /** Writes the query and signs it with the private key. */
    @Benchmark
    public String encodeAndSignEd25519() {
        return ed25519Key.signed(queryText());
    }

    private String queryText() {
        int end = requests.query(out, 0, NOW_MS).place(order, btc);
        return out.getStringWithoutLengthAscii(0, end);
    }
}
