package io.smtpra.bench;

import io.smtpra.Envelope;
import io.smtpra.InboundMail;
import io.smtpra.ListenerKind;
import io.smtpra.Peer;
import io.smtpra.mail.MailLimits;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Mails as the adapter gives them to a bean, made by the classes of the archive itself and held in files. */
final class ArrivedMails {

    private static final String ROOM = "io.smtpra.ra.";

    private final ClassLoader adapter;
    private final Object store;
    private final Object parser;

    ArrivedMails(Path archive, Path work) throws Exception {
        adapter = new URLClassLoader(unpack(archive, work).toArray(URL[]::new), ArrivedMails.class.getClassLoader());
        Executor direct = Runnable::run;
        Object config = type("message.StoreConfig")
                .getConstructor(long.class, long.class, Path.class, Executor.class)
                .newInstance(0L, 1L << 24, work.resolve("spool"), direct);
        store = constructor(type("message.ContentStore"), 1).newInstance(config);
        parser = constructor(type("inbound.mail.MailParser"), 2).newInstance("mx.example.com", MailLimits.DEFAULT);
    }

    /** A content that has been received, with the octets of a file. */
    Object content(Path file) throws Exception {
        Object writer = method(store, "newContent").invoke(store, Long.MAX_VALUE);
        Method write = method(writer, "write");
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                write.invoke(writer, ByteBuffer.wrap(buffer, 0, read));
            }
        }
        Object result = ((CompletionStage<?>) method(writer, "finish").invoke(writer)).toCompletableFuture().join();
        return method(result, "content").invoke(result);
    }

    /** A delivery of it: nothing is known of it yet. */
    InboundMail mail(Object content) throws Exception {
        Peer peer = new Peer(new InetSocketAddress("127.0.0.1", 25), Optional.empty(), "client.example.org",
                ListenerKind.SMTP, Optional.empty(), Optional.empty());
        Envelope envelope = Envelope.from("author@example.org").to("inbox@example.com").build();
        Object received = constructor(type("inbound.smtp.content.ReceivedMail"), 5)
                .newInstance("id", Instant.now(), envelope, peer, content);
        return (InboundMail) constructor(type("inbound.mail.DeliveredMail"), 3).newInstance(received, envelope, parser);
    }

    /** A class of the archive, by its name below that of the adapter. */
    Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(ROOM + name, true, adapter);
    }

    private static Constructor<?> constructor(Class<?> type, int parameters) {
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == parameters) {
                return constructor;
            }
        }
        throw new IllegalStateException(type + " has no constructor with " + parameters + " parameters");
    }

    private static Method method(Object object, String name) {
        for (Method method : object.getClass().getMethods()) {
            if (method.getName().equals(name) && !method.isBridge()) {
                method.setAccessible(true);
                return method;
            }
        }
        throw new IllegalStateException(object.getClass() + " has no method " + name);
    }

    private static List<URL> unpack(Path archive, Path work) throws IOException {
        List<URL> jars = new ArrayList<>();
        Path directory = Files.createDirectories(work.resolve("adapter"));
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                // the API is on the class path already: the mails are to be of its types
                if (entry.getName().endsWith(".jar") && !entry.getName().contains("smtp-ra-api")) {
                    Path jar = directory.resolve(Path.of(entry.getName()).getFileName());
                    Files.write(jar, in.readAllBytes());
                    jars.add(jar.toUri().toURL());
                }
            }
        }
        return jars;
    }
}
