package io.smtpra.ra.inbound.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.smtpra.ListenerKind;
import io.smtpra.ra.inbound.listener.access.AccessRules;
import io.smtpra.ra.inbound.listener.access.ConnectionLimits;
import io.smtpra.ra.telemetry.Telemetry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

/** However the network cuts what a client sends: it is answered the same, and the same is stored. */
class SessionDriverSplitTest {

    private static final ListenerRuntime RUNTIME =
            new ListenerRuntime(1, new ConnectionLimits(10, 10), 10, new Telemetry());
    private static final InetSocketAddress SOMEWHERE = new InetSocketAddress("192.0.2.1", 1234);

    @AfterContainer
    static void endThreads() {
        RUNTIME.close();
    }

    private record Outcome(String replies, List<String> contents, List<String> events) {}

    @Property(tries = 500)
    void anySplitHasTheSameOutcome(@ForAll("streams") String stream, @ForAll List<Integer> cuts) {
        Outcome whole = outcome(List.of(stream));

        assertThat(outcome(split(stream, cuts))).isEqualTo(whole);
        assertThat(outcome(List.of(stream.split("")))).as("octet by octet").isEqualTo(whole);
    }

    @Provide
    Arbitrary<String> streams() {
        Arbitrary<String> piece = Arbitraries.of("NOOP\r\n", "DATA\r\n", "text\r\n", "..\r\n", ".\r\n", "\n.\r\n", "\r",
                "\n", "BDAT 5\r\n", "BDAT 0\r\n", "12345", "PUSH\r\n", "NOTHING\r\n", "WAIT\r\n",
                "x".repeat(300), "QUIT\r\n");
        return piece.list().ofMinSize(1).ofMaxSize(30).map(pieces -> String.join("", pieces));
    }

    private static Outcome outcome(List<String> pieces) {
        ScriptedProtocol protocol = new ScriptedProtocol();
        ListenerContext context = new ListenerContext(new ListenerConfig(ListenerKind.SMTP, SOMEWHERE, false,
                Timeouts.DEFAULT, AccessRules.EVERYBODY, Optional.empty()), protocol, Optional.empty(), RUNTIME);
        EmbeddedChannel channel = new EmbeddedChannel(
                new SmtpChannelHandler(context, new PeerAddress(SOMEWHERE, SOMEWHERE, Optional.empty())));
        for (String piece : pieces) {
            if (!channel.isOpen()) {
                break;
            }
            channel.writeInbound(Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1));
            while (!protocol.awaited.isEmpty()) {
                protocol.awaited.remove().complete(ScriptedProtocol.reply("250 waited"));
                channel.runPendingTasks();
            }
        }
        channel.runPendingTasks();
        channel.finish();
        StringBuilder replies = new StringBuilder();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            replies.append(out.toString(StandardCharsets.ISO_8859_1));
            out.release();
        }
        return new Outcome(replies.toString(), List.copyOf(protocol.contents), List.copyOf(protocol.events));
    }

    private static List<String> split(String stream, List<Integer> cuts) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int cut : cuts) {
            int end = Math.min(stream.length(), start + Math.floorMod(cut, 40));
            pieces.add(stream.substring(start, end));
            start = end;
        }
        pieces.add(stream.substring(start));
        return pieces;
    }
}
