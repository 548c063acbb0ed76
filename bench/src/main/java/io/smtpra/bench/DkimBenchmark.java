package io.smtpra.bench;

import io.smtpra.MailContent;
import io.smtpra.authenticity.DkimRecord;
import io.smtpra.authenticity.DkimVerdict;
import io.smtpra.authenticity.DnsAnswer;
import io.smtpra.authenticity.DnsLookup;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/**
 * What a signature of DKIM costs, RSA with 2,048 bits, to verify and to make, beside the hash of the same octets and
 * one signature of the JDK's in the same run. Arguments: the adapter's archive; a working directory.
 */
public final class DkimBenchmark {

    private static final int ROUNDS = 9;
    private static final int WARM_UP = 3;
    private static final int BUFFER = 16 * 1_024;
    private static final String HEADER = "Received: from mx.example.net (mx.example.net [192.0.2.1])\r\n"
            + "\tby mx.example.com with ESMTPS id 12345; Fri, 11 Jul 2003 21:00:37 -0700\r\n"
            + "From: Jane <jane@example.com>\r\nTo: joe@example.org\r\nSubject: a test of some length\r\n"
            + "Date: Fri, 11 Jul 2003 21:00:37 -0700\r\nMessage-ID: <1@example.com>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n";
    private static final String LINE = "All work and no play makes Jack a dull boy, as he said to her once.\r\n";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ArrivedMails adapter;
    private final KeyPair pair;
    private final DnsLookup dns;
    private final Object verifier;
    private final Method check;
    private long seen;

    private DkimBenchmark(Path archive, Path work) throws Exception {
        adapter = new ArrivedMails(archive, Files.createDirectories(work).toAbsolutePath());
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        pair = generator.generateKeyPair();
        Path key = Files.writeString(work.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
        CompletableFuture<DnsAnswer> answer = CompletableFuture.completedFuture(new DnsAnswer(DnsAnswer.Status.FOUND,
                List.of(DkimRecord.of("example.com", "s1", key).text()), false, ""));
        dns = (name, type) -> answer;
        verifier = adapter.type("authenticity.dkim.SignatureVerifier").getConstructor().newInstance();
        check = verifier.getClass().getMethod("check", MailContent.class, DnsLookup.class);
    }

    /**
     * Runs the benchmark and prints a table.
     *
     * @param arguments the adapter's archive and a working directory
     * @throws Exception if a signature is not good
     */
    public static void main(String[] arguments) throws Exception {
        new DkimBenchmark(Path.of(arguments[0]), Path.of(arguments[1])).run();
    }

    private void run() throws Exception {
        System.out.println("| mail | hash µs | verify µs | more than the hash | RSA signature µs | sign µs | "
                + "ratio to hash and RSA |");
        System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
        byte[] octets = new byte[(1 << 20) * 57 / 78];
        new Random(1).nextBytes(octets);
        report("4 KiB, text", HEADER + LINE.repeat(3_500 / LINE.length()), 2_000);
        report("1 MiB, text", HEADER + LINE.repeat((1 << 20) / LINE.length()), 100);
        report("1 MiB, base64", HEADER + Base64.getMimeEncoder().encodeToString(octets) + "\r\n", 100);
    }

    private void report(String name, String mail, int times) throws Exception {
        byte[] unsigned = mail.getBytes(StandardCharsets.US_ASCII);
        MailContent content = MailContent.of(concat(sign(unsigned), unsigned));
        List<double[]> rounds = new ArrayList<>();
        for (int i = 0; i < WARM_UP + ROUNDS; i++) {
            // in turns, so that a disturbance of the machine meets all of them
            double[] round = {
                time(times, () -> hash(content)),
                time(times, () -> verify(content)),
                time(times, () -> rsa(HEADER.getBytes(StandardCharsets.US_ASCII))),
                time(times, () -> sign(unsigned))};
            if (i >= WARM_UP) {
                rounds.add(round);
            }
        }
        double hash = median(rounds, 0);
        double verify = median(rounds, 1);
        double rsa = median(rounds, 2);
        double sign = median(rounds, 3);
        System.out.printf("| %s | %,.0f | %,.0f | %,.0f | %,.0f | %,.0f | %.2f |%n",
                name, hash, verify, verify - hash, rsa, sign, sign / (hash + rsa));
    }

    private double time(int times, Task task) throws Exception {
        long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            task.run();
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1e3 / times;
    }

    private static double median(List<double[]> rounds, int column) {
        double[] sorted = rounds.stream().mapToDouble(round -> round[column]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private void hash(MailContent content) throws IOException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = content.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        seen += digest.digest()[0];
    }

    private void verify(MailContent content) throws Exception {
        CompletableFuture<?> verdicts = (CompletableFuture<?>) check.invoke(verifier, content, dns);
        if (!((DkimVerdict) ((List<?>) verdicts.join()).get(0)).passed()) {
            throw new IllegalStateException(verdicts.join().toString());
        }
    }

    private void rsa(byte[] octets) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(octets);
        seen += signature.sign()[0];
    }

    private byte[] sign(byte[] mail) throws Exception {
        Object key = adapter.type("authenticity.dkim.sign.SigningKey").getMethod("of", String.class, PrivateKey.class)
                .invoke(null, "s1", pair.getPrivate());
        Class<?> signer = adapter.type("authenticity.dkim.sign.MailSigner");
        Class<?> type = adapter.type("authenticity.dkim.sign.SigningPass");
        Object pass = type.getConstructor(signer, Clock.class).newInstance(
                signer.getConstructor(String.class, List.class).newInstance("example.com", List.of(key)),
                Clock.systemUTC());
        type.getMethod("add", byte[].class, int.class, int.class).invoke(pass, mail, 0, mail.length);
        Object draft = type.getMethod("end").invoke(pass);
        return (byte[]) draft.getClass().getMethod("sign").invoke(draft);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private interface Task {
        void run() throws Exception;
    }
}
