package io.millrace.bench.wire;

import io.millrace.exchange.ExchangeSettings;
import io.millrace.exchange.SimulatedExchange;
import io.millrace.exchange.server.ServerSettings;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;

/**
 * Certificate and key of the hot sockets, made by the simulated exchange for itself.
 *
 * @param context of the server, null for no TLS.
 * @param certificate that clients have to trust, null for no TLS.
 */
record WireTls(SslContext context, Path certificate) {
    /** No TLS. */
    static final WireTls NONE = new WireTls(null, null);

    private static final String STORE = "exchange.p12";
    private static final String PASSWORD = "exchange.password";

    /**
     * Makes them.
     *
     * @param directory to keep them in.
     */
    static WireTls make(Path directory) throws IOException {
        Path certificate;
        ExchangeSettings settings = ExchangeSettings.synthetic(1, 1)
                .withServer(ServerSettings.loopback().withTls(directory));
        try (SimulatedExchange exchange = SimulatedExchange.start(settings)) {
            certificate = exchange.certificate();
        }
        try (InputStream in = Files.newInputStream(directory.resolve(STORE))) {
            char[] password = Files.readString(directory.resolve(PASSWORD)).toCharArray();
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password);
            return new WireTls(SslContextBuilder.forServer(factory).build(), certificate);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate in " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }
}
