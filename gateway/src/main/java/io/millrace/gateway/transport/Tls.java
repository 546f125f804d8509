package io.millrace.gateway.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetAddress;
import javax.net.ssl.SSLException;

/** TLS for clients, by the transport's settings; the native library where it is on the class path, else the JDK's. */
public final class Tls {
    private final Trust trust;
    private final TransportSettings settings;
    /** Made for the first connection that wants it: providers and the system's certificates are much of a cold start. */
    private SslContext context;

    /**
     * Reads what is trusted.
     *
     * @param settings name the trust and the certificate file.
     * @throws IllegalArgumentException if the certificate file cannot be used.
     */
    public Tls(TransportSettings settings) {
        this.trust = settings.trust();
        this.settings = settings;
        if (trust == Trust.CERTIFICATE) {
            // A file that cannot be used is said at the start.
            context = build(settings);
        }
    }

    private static SslContext build(TransportSettings settings) {
        SslContextBuilder builder = SslContextBuilder.forClient();
        try {
            if (settings.trust() == Trust.CERTIFICATE) {
                builder.trustManager(settings.certificate().toFile());
            } else if (settings.trust() == Trust.INSECURE_LOOPBACK) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm("");
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "transport.certificate=" + settings.certificate() + " cannot be used: " + e.getMessage()
                            + ", it has to be a file with a certificate in PEM form",
                    e);
        }
    }

    /** Returns whether the trust allows a connection to the address. */
    public boolean isAllowed(InetAddress address) {
        return trust != Trust.INSECURE_LOOPBACK || address.isLoopbackAddress();
    }

    /**
     * Makes the handler of one connection.
     *
     * @param allocator of its buffers.
     * @param host whose name the certificate has to carry.
     * @param port of the server.
     * @return to stand first in the pipeline.
     */
    public SslHandler newHandler(ByteBufAllocator allocator, String host, int port) {
        if (context == null) {
            context = build(settings);
        }
        return context.newHandler(allocator, host, port);
    }
}
