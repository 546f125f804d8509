package io.millrace.gateway.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final String NAME = "dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83";
    private static final String SECRET = "2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9";

    @TempDir
    private Path folder;

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private Path file(String text, String permissions) throws IOException {
        Path file = folder.resolve("key");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    @Test
    void shouldSignAsTheVenuesOwnExampleWhenTheKeyHasASharedSecret() {
        // The example of the venue's own documentation of signed endpoints.
        ApiKey key = ApiKey.of(NAME, SECRET);
        String query = "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000"
                + "&timestamp=1591702613943";
        String expected = "3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9";
        assertEquals(expected, key.sign(query));
        assertEquals(query + "&signature=" + expected, key.signed(query));
        assertFalse(key.canLogOn());
    }

    @Test
    void shouldSignWithEd25519AndEncodeTheSignatureForAQuery() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        ApiKey key = ApiKey.of("k", pem(pair));
        assertTrue(key.canLogOn());
        for (int i = 0; i < 50; i++) {
            String query = "timestamp=" + i;
            String signed = key.signed(query);
            String encoded = signed.substring(signed.indexOf("&signature=") + 11);
            assertTrue(encoded.matches("[A-Za-z0-9%]+"), encoded);
            String base64 = java.net.URLDecoder.decode(encoded, StandardCharsets.UTF_8);
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(pair.getPublic());
            verifier.update(query.getBytes(StandardCharsets.UTF_8));
            assertTrue(verifier.verify(Base64.getDecoder().decode(base64)));
        }
    }

    @Test
    void shouldReadBothKindsFromAFileOfTheOwners() throws IOException, GeneralSecurityException {
        ApiKey hmac = KeySource.fromFile(file("# trading\nkey = " + NAME + "\nsecret = " + SECRET + "\n", "rw-------"));
        assertEquals(NAME, hmac.name());
        assertEquals(ApiKey.of(NAME, SECRET).sign("x"), hmac.sign("x"));
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.delete(folder.resolve("key"));
        ApiKey ed25519 = KeySource.fromFile(file("key=abc\n" + pem(pair), "r--------"));
        assertTrue(ed25519.canLogOn());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void shouldRefuseAFileThatOthersMayUse(String permissions) throws IOException {
        Path file = file("key = " + NAME + "\nsecret = " + SECRET + "\n", permissions);
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> KeySource.fromFile(file));
        assertTrue(refusal.getMessage().contains("chmod 600"), refusal.getMessage());
    }

    @Test
    void shouldRefuseALink() throws IOException {
        Path file = file("key = " + NAME + "\nsecret = " + SECRET + "\n", "rw-------");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThrows(IllegalArgumentException.class, () -> KeySource.fromFile(link));
    }

    @Test
    void shouldReadTheEnvironment() {
        assertNull(KeySource.fromEnvironment(Map.of(), KeySource.TRADING));
        Map<String, String> environment =
                Map.of("MILLRACE_TRADING_KEY", NAME, "MILLRACE_TRADING_SECRET", SECRET, "MILLRACE_READING_KEY", NAME);
        assertEquals(
                NAME, KeySource.fromEnvironment(environment, KeySource.TRADING).name());
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> KeySource.fromEnvironment(environment, KeySource.READING));
        assertTrue(refusal.getMessage().contains("MILLRACE_READING_SECRET"));
    }

    @Test
    void shouldNeverRepeatWhatIsSecret() throws IOException {
        String torn = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIverysecret\n-----END PRIVATE KEY-----\n";
        assertFalse(ApiKey.of(NAME, SECRET).toString().contains("2b5e"));
        assertFalse(ApiKey.of(NAME, SECRET).toString().contains("dbef"));
        for (Runnable bad : new Runnable[] {
            () -> ApiKey.of(NAME, torn), () -> ApiKey.of("not a name " + SECRET, SECRET), () -> ApiKey.of(NAME, null)
        }) {
            IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, bad::run);
            StringWriter trace = new StringWriter();
            refusal.printStackTrace(new PrintWriter(trace));
            assertFalse(trace.toString().contains("verysecret"), "the trace repeats it");
            assertFalse(trace.toString().contains(SECRET), "the trace repeats it");
        }
        Path file = file("key = " + NAME + "\nsecret = \n", "rw-------");
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> KeySource.fromFile(file));
        assertFalse(refusal.getMessage().contains(NAME));
    }
}
