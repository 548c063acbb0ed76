package io.smtpra.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a virtual machine takes, in KiB.
 *
 * @param heap what lives on the heap, after a collection
 * @param outside what it has allocated outside of the heap, by its own count; without the code that it compiles
 */
record Memory(long heap, long outside) {

    private static final Pattern HEAP_USED = Pattern.compile("used (\\d+)K");
    private static final Pattern CATEGORY =
            Pattern.compile("-\\s+([A-Z][A-Za-z ]+) \\(reserved=\\d+KB, committed=(\\d+)KB\\)");

    /** Asks a virtual machine that was started with {@code -XX:NativeMemoryTracking=summary}. */
    static Memory of(ServerProcess server) throws IOException, InterruptedException {
        jcmd(server, "GC.run");
        Matcher used = HEAP_USED.matcher(jcmd(server, "GC.heap_info"));
        if (!used.find()) {
            throw new IOException("No heap in the answer of GC.heap_info");
        }
        long outside = 0;
        Matcher category = CATEGORY.matcher(jcmd(server, "VM.native_memory", "summary"));
        while (category.find()) {
            boolean counts = !category.group(1).equals("Java Heap") && !category.group(1).equals("Code")
                    && !category.group(1).equals("Compiler");
            outside += counts ? Long.parseLong(category.group(2)) : 0;
        }
        return new Memory(Long.parseLong(used.group(1)), outside);
    }

    Memory minus(Memory before) {
        return new Memory(heap - before.heap, outside - before.outside);
    }

    private static String jcmd(ServerProcess server, String... command) throws IOException, InterruptedException {
        String[] all = new String[command.length + 2];
        all[0] = Servers.tool("jcmd");
        all[1] = Long.toString(server.pid());
        System.arraycopy(command, 0, all, 2, command.length);
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (process.waitFor() != 0) {
            throw new IOException(answer);
        }
        return answer;
    }
}
