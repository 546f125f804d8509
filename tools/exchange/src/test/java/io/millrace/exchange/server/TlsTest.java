package io.millrace.exchange.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.ForeignClient;
import io.millrace.exchange.SimulatedExchange;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    @TempDir
    private Path directory;

    private static SSLContext trusting(Path pem) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "exchange", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void shouldServeRestAndStreamsToAClientThatTrustsTheCertificate() throws Exception {
        Path certificate;
        ExchangeSettings settings = ExchangeSettings.synthetic(1, 5);
        try (SimulatedExchange exchange =
                SimulatedExchange.start(settings.withServer(settings.server().withTls(null)))) {
            certificate = exchange.certificate();
            ForeignClient client = new ForeignClient(trusting(certificate));
            assertEquals("https", exchange.restUri().getScheme());
            assertEquals("wss", exchange.publicUri().getScheme());
            assertEquals("{}", client.get(exchange.restUri(), "/fapi/v1/ping").body());
            assertEquals(
                    "BTCUSDT",
                    client.open(exchange.publicUri(), "/ws/btcusdt@bookTicker")
                            .next()
                            .get("s")
                            .textValue());
            assertThrows(Exception.class, () -> new ForeignClient().get(exchange.restUri(), "/fapi/v1/ping"));
        }
        assertFalse(Files.exists(certificate), "a temporary certificate goes with its exchange");
        assertNull(SimulatedExchangeHolder.certificateWithoutTls());
    }

    @Test
    void shouldKeepTheCertificateWhenADirectoryIsGiven() throws Exception {
        ExchangeSettings settings = ExchangeSettings.synthetic(1, 5);
        settings = settings.withServer(settings.server().withTls(directory.resolve("tls")));
        String first;
        try (SimulatedExchange exchange = SimulatedExchange.start(settings)) {
            first = Files.readString(exchange.certificate());
        }
        try (SimulatedExchange exchange = SimulatedExchange.start(settings)) {
            assertEquals(first, Files.readString(exchange.certificate()));
        }
    }

    /** Keeps the plain case out of the way of the long one. */
    private static final class SimulatedExchangeHolder {
        static Path certificateWithoutTls() throws Exception {
            try (SimulatedExchange exchange = SimulatedExchange.start(ExchangeSettings.synthetic(1, 5))) {
                return exchange.certificate();
            }
        }
    }
}
