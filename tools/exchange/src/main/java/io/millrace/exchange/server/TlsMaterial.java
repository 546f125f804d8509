package io.millrace.exchange.server;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/**
 * A self-made certificate for localhost, made with the JDK's own keytool, and the server context that uses it.
 *
 * @param context for the servers.
 * @param certificate PEM file that a client has to trust.
 */
record TlsMaterial(SslContext context, Path certificate) {
    private static final String STORE = "exchange.p12";
    private static final String PASSWORD_FILE = "exchange.password";
    private static final String CERTIFICATE = "exchange-certificate.pem";
    private static final String ALIAS = "exchange";
    private static final int LINE_LENGTH = 64;
    private static final long KEYTOOL_SECONDS = 60;

    /** Makes key and certificate in a directory, or takes those that are there. */
    static TlsMaterial in(Path directory, String host) throws IOException, GeneralSecurityException {
        Files.createDirectories(directory);
        Path store = directory.resolve(STORE);
        Path passwordFile = directory.resolve(PASSWORD_FILE);
        if (!Files.exists(store)) {
            Files.writeString(passwordFile, UUID.randomUUID().toString());
            generate(store, Files.readString(passwordFile), host);
        }
        char[] password = Files.readString(passwordFile).toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, password);
        }
        Path certificate = directory.resolve(CERTIFICATE);
        Files.writeString(certificate, pem(keys.getCertificate(ALIAS).getEncoded()));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, password);
        return new TlsMaterial(SslContextBuilder.forServer(factory).build(), certificate);
    }

    private static void generate(Path store, String password, String host) throws IOException {
        String subjects = "san=dns:localhost,ip:127.0.0.1" + (isName(host) ? ",dns:" + host : ",ip:" + host);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost, O=Simulated exchange",
                "-ext",
                subjects,
                "-validity",
                "3650",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                password);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool could not make a certificate in " + store + ": " + output.strip()
                        + "; is this a full JDK?");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool made a certificate in " + store, e);
        } finally {
            process.destroy();
        }
    }

    private static boolean isName(String host) {
        return !host.contains(":") && Character.isLetter(host.charAt(0));
    }

    private static String pem(byte[] encoded) {
        String body = Base64.getMimeEncoder(LINE_LENGTH, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }
}
