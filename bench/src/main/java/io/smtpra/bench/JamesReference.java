package io.smtpra.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.james.protocols.netty.Encryption;
import org.apache.james.protocols.netty.NettyServer;
import org.apache.james.protocols.smtp.SMTPConfigurationImpl;
import org.apache.james.protocols.smtp.SMTPProtocol;
import org.apache.james.protocols.smtp.SMTPProtocolHandlerChain;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.apache.james.protocols.smtp.hook.MessageHook;

/**
 * The reference: Apache James protocols as it comes, with a hook that reads the content. Arguments: port, key store.
 */
final class JamesReference {

    private JamesReference() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        MessageHook reading = (session, mail) -> {
            try (InputStream content = mail.getMessageInputStream()) {
                content.transferTo(OutputStream.nullOutputStream());
                return HookResult.OK;
            } catch (IOException e) {
                return HookResult.DENYSOFT;
            }
        };
        SMTPProtocolHandlerChain chain = new SMTPProtocolHandlerChain(new NoMetrics(), reading);
        NettyServer server = new NettyServer.Factory()
                .protocol(new SMTPProtocol(chain, new SMTPConfigurationImpl()))
                .secure(Encryption.createStartTls(Servers.tls(Path.of(arguments[1]))))
                .build();
        server.setListenAddresses(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.bind();
        Thread.currentThread().join();
    }
}
