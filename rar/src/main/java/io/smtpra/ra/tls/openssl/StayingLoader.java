package io.smtpra.ra.tls.openssl;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Makes the class loader that stays, once in a JVM, and finds it again: the MBean server of the platform knows it as
 * the loader of a bean.
 */
final class StayingLoader {

    private static final long MOST_SECONDS = 30;

    private StayingLoader() {
    }

    /** The library's own way in, out of the class loader that stays. */
    @SuppressWarnings("unchecked")
    static BiFunction<String, Map<String, Object>, Object> library() throws OpenSslUnavailableException {
        try {
            ClassLoader loader = find(ManagementFactory.getPlatformMBeanServer());
            return (BiFunction<String, Map<String, Object>, Object>) newLibrary(loader);
        } catch (IOException | JMException | ReflectiveOperationException | LinkageError e) {
            throw new OpenSslUnavailableException(String.valueOf(e), e);
        }
    }

    private static ClassLoader find(MBeanServer server)
            throws IOException, JMException, ReflectiveOperationException, OpenSslUnavailableException {
        ObjectName name = new ObjectName("io.smtpra:type=TlsLibrary,version=" + LibraryBundle.identity());
        if (!server.isRegistered(name)) {
            make(server, name);
        }
        return server.getClassLoaderFor(name);
    }

    private static void make(MBeanServer server, ObjectName name)
            throws IOException, JMException, ReflectiveOperationException, OpenSslUnavailableException {
        Path jar = LibraryBundle.write();
        try {
            Object library = newLibrary(newLoader(jar.toUri().toURL()));
            try {
                server.registerMBean(library, name);
                // The library is loaded while its file is there. This is done where Netty's classes see no frame of
                // ours.
                detached(MethodHandles.publicLookup()
                        .findVirtual(library.getClass(), "stay", MethodType.methodType(String.class))
                        .bindTo(library));
            } catch (InstanceAlreadyExistsException e) {
                // Another adapter was faster; the native library is not loaded twice, for nothing of ours was called.
            }
        } finally {
            // The class loader has it open. A system that does not delete such files does so when the JVM ends.
            if (!jar.toFile().delete()) {
                jar.toFile().deleteOnExit();
            }
        }
    }

    private static Object newLibrary(ClassLoader loader) throws ReflectiveOperationException {
        return loader.loadClass(SharedLibrary.class.getName()).getConstructor().newInstance();
    }

    private static ClassLoader newLoader(URL jar) throws ReflectiveOperationException, OpenSslUnavailableException {
        MethodHandle maker = MethodHandles.publicLookup().findStatic(URLClassLoader.class, "newInstance",
                MethodType.methodType(URLClassLoader.class, URL[].class, ClassLoader.class));
        return (ClassLoader) detached(MethodHandles.insertArguments(
                maker, 0, new URL[] {jar}, ClassLoader.getPlatformClassLoader()));
    }

    /**
     * Runs it in a thread of the JVM without a frame of ours: class loaders and threads of Java before 24 keep the
     * protection domains, and so the class loaders, of all who were on the stack when they were made.
     */
    private static Object detached(MethodHandle action) throws OpenSslUnavailableException {
        Thread thread = Thread.currentThread();
        ClassLoader former = thread.getContextClassLoader();
        // The class of the proxy is defined there.
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            Callable<?> task = MethodHandleProxies.asInterfaceInstance(Callable.class, action);
            return ForkJoinPool.commonPool().submit(task).get(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            thread.interrupt();
            throw new OpenSslUnavailableException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new OpenSslUnavailableException("it could not be loaded: " + e, e);
        } finally {
            thread.setContextClassLoader(former);
        }
    }
}
