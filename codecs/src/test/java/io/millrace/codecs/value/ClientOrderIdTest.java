package io.millrace.codecs.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientOrderIdTest {
    private static UnsafeBuffer ascii(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static long keyOf(String text) {
        return ClientOrderId.key(ascii(text), 0, text.length());
    }

    @Test
    void shouldSayWhatTheOrderIs() {
        long key = ClientOrderId.key(12, 3, ClientOrderId.STOP, 417);
        assertEquals("m0sqn69d-12-3S-417", ClientOrderId.text(1_737_804_145, key));
        assertEquals(12, ClientOrderId.epoch(key));
        assertEquals(3, ClientOrderId.strategy(key));
        assertEquals(ClientOrderId.STOP, ClientOrderId.role(key));
        assertEquals(417, ClientOrderId.sequence(key));
    }

    @Property
    void shouldReadWhatItWrote(
            @ForAll int tag,
            @ForAll @IntRange(min = 1, max = ClientOrderId.MAX_EPOCH) int epoch,
            @ForAll @IntRange(max = ClientOrderId.MAX_STRATEGY) int strategy,
            @ForAll @IntRange(max = ClientOrderId.MAX_ROLE) int role,
            @ForAll @IntRange(max = Integer.MAX_VALUE) int sequence) {
        int someTag = tag == 0 ? 1 : tag;
        long key = ClientOrderId.key(epoch, strategy, role, sequence);
        String text = ClientOrderId.text(someTag, key);
        assertTrue(text.matches("[.A-Z:/a-z0-9_-]{1,36}"), text);
        assertEquals(key, keyOf(text));
        assertEquals(someTag, ClientOrderId.tag(ascii(text), 0, text.length()));
        assertTrue(key > 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "m",
                "web_abc",
                "autoclose-1722400000",
                "adl_autoclose",
                "m0spixtd-12-3S-",
                "m0spixtd-12-3-417",
                "m0spixtd-012-3S-417",
                "m0spixtd-12-3S-0417",
                "m0spixtd-0-3S-417",
                "m0spixtd-12-256S-417",
                "m0spixtd-12-3Z-417",
                "m0spixtd-12-3S-2147483648",
                "m0spixtd-1048576-3S-1",
                "m0000000-12-3S-417",
                "mzzzzzzz-12-3S-417",
                "m0SPIXTD-12-3S-417",
                "m0spixtd-12-3S-417 ",
                "x0spixtd-12-3S-417"
            })
    void shouldSeeAForeignOrder(String text) {
        assertEquals(ClientOrderId.NO_KEY, keyOf(text));
        assertEquals(0, ClientOrderId.tag(ascii(text), 0, text.length()));
    }

    @Test
    void shouldSeeAForeignOrderWhenOneCharacterIsWrong() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String text = "m0spixtd-12-3S-417";
        for (int i = 0; i < 100_000; i++) {
            char[] chars = text.toCharArray();
            chars[random.nextInt(chars.length)] = (char) random.nextInt(256);
            String changed = new String(chars);
            long key = keyOf(changed);
            if (key != ClientOrderId.NO_KEY) {
                int tag = ClientOrderId.tag(ascii(changed), 0, changed.length());
                assertEquals(changed, ClientOrderId.text(tag, key), "seed " + seed);
            }
        }
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        assertThrows(IllegalArgumentException.class, () -> ClientOrderId.key(0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> ClientOrderId.key(1, 256, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> ClientOrderId.key(1, 0, 16, 0));
        assertThrows(IllegalArgumentException.class, () -> ClientOrderId.key(1, 0, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> ClientOrderId.key(1 << 20, 0, 0, 0));
    }
}
