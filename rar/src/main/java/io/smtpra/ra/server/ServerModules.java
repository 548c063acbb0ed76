package io.smtpra.ra.server;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The modules of a server that is made of them. JBoss Modules is met by its names alone: a server that has no modules
 * has not its classes either.
 */
public final class ServerModules {

    private static final Logger LOG = LoggerFactory.getLogger(ServerModules.class);

    private ServerModules() {}

    /**
     * The class loader of a module.
     *
     * @param name as {@code com.example.hooks}
     * @return absent if the server has no such module
     */
    public static Optional<ClassLoader> classLoader(String name) {
        try {
            ClassLoader own = ServerModules.class.getClassLoader();
            Class<?> modules = Class.forName("org.jboss.modules.Module", true, own.getClass().getClassLoader());
            Class<?> loaders = Class.forName("org.jboss.modules.ModuleLoader", true, modules.getClassLoader());
            Object boot = modules.getMethod("getBootModuleLoader").invoke(null);
            Object module = loaders.getMethod("loadModule", String.class).invoke(boot, name);
            return Optional.of((ClassLoader) modules.getMethod("getClassLoader").invoke(module));
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.debug("There is no module {}", name, e);
            return Optional.empty();
        }
    }
}
