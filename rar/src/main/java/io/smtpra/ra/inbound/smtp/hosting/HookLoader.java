package io.smtpra.ra.inbound.smtp.hosting;

import io.smtpra.NonBlocking;
import io.smtpra.StartTlsHook;
import io.smtpra.event.SmtpEventListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.james.protocols.api.handler.CommandHandler;
import org.apache.james.protocols.api.handler.ConnectHandler;
import org.apache.james.protocols.api.handler.DisconnectHandler;
import org.apache.james.protocols.api.handler.LineHandler;
import org.apache.james.protocols.api.handler.ProtocolHandler;
import org.apache.james.protocols.api.handler.ProtocolHandlerResultHandler;
import org.apache.james.protocols.smtp.core.DataLineFilter;
import org.apache.james.protocols.smtp.core.esmtp.EhloExtension;
import org.apache.james.protocols.smtp.hook.Hook;

/** Makes the hooks that the configuration names. */
public final class HookLoader {

    private static final String PROPERTY = "hooks";

    private static final List<Class<?>> KINDS = List.of(Hook.class, ConnectHandler.class, DisconnectHandler.class,
            CommandHandler.class, EhloExtension.class, StartTlsHook.class, SmtpEventListener.class);
    /** What cannot be hosted, and why. */
    private static final List<Unhosted> UNHOSTED = List.of(
            new Unhosted(DataLineFilter.class, "a content does not pass line by line; a MessageHook gets it whole"),
            new Unhosted(LineHandler.class, "lines are taken apart by the adapter alone"),
            new Unhosted(ProtocolHandlerResultHandler.class, "answers pass no handler but the adapter's own;"
                    + " a HookResultHook sees what hooks say"));

    private record Unhosted(Class<?> kind, String why) {}

    private final HookConfig config;
    private final Function<String, Optional<ClassLoader>> modules;
    private final HookClassLoader archive;

    /**
     * A loader.
     *
     * @param modules knows the modules of the server by name
     */
    public HookLoader(HookConfig config, Function<String, Optional<ClassLoader>> modules) {
        this.config = config;
        this.modules = modules;
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        this.archive = new HookClassLoader(HookLoader.class.getClassLoader(),
                context == null ? List.of() : List.of(context));
    }

    /**
     * Makes them, sets them, and says where those run that may block.
     *
     * @throws HookConfigurationException if one of them cannot be had; those that were made are destroyed
     */
    public OutsideHooks load(HookThreads threads) throws HookConfigurationException {
        List<ProtocolHandler> handlers = new ArrayList<>();
        try {
            HookSettings settings = HookSettings.read(config.settings());
            for (String name : config.classes()) {
                Object hook = make(name);
                handlers.add(OutsideMember.of(hook));
                settings.apply(hook);
            }
            settings.finish();
            return new OutsideHooks(handlers, threads, config.time());
        } catch (HookConfigurationException | RuntimeException e) {
            OutsideHooks.destroy(handlers);
            throw e;
        }
    }

    private Object make(String name) throws HookConfigurationException {
        Class<?> type = find(name);
        for (Unhosted unhosted : UNHOSTED) {
            if (unhosted.kind().isAssignableFrom(type)) {
                throw fault(name, "a " + unhosted.kind().getSimpleName() + " is not hosted: " + unhosted.why(), null);
            }
        }
        if (KINDS.stream().noneMatch(kind -> kind.isAssignableFrom(type))) {
            throw fault(name, "it is no hook: none of James' hooks and handlers, no io.smtpra.StartTlsHook,"
                    + " and no io.smtpra.event.SmtpEventListener", null);
        }
        if (SmtpEventListener.class.isAssignableFrom(type) && !NonBlocking.class.isAssignableFrom(type)) {
            throw fault(name, "a hook that hears of events must not wait for anything, and say so as"
                    + " io.smtpra.NonBlocking; a message-driven bean may wait", null);
        }
        if (Modifier.isAbstract(type.getModifiers()) || !Modifier.isPublic(type.getModifiers())) {
            throw fault(name, "a hook is a public class that is not abstract", null);
        }
        try {
            return type.getConstructor().newInstance();
        } catch (NoSuchMethodException e) {
            throw fault(name, "a hook has a public constructor without parameters", e);
        } catch (InvocationTargetException e) {
            throw fault(name, "it cannot be made: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw fault(name, "it cannot be made: " + e, e);
        }
    }

    private Class<?> find(String name) throws HookConfigurationException {
        int at = name.indexOf('@');
        String className = at < 0 ? name : name.substring(0, at);
        try {
            return (at < 0 ? archive : module(name, name.substring(at + 1))).hook(className);
        } catch (ClassNotFoundException e) {
            throw fault(name, "there is no such class in the archive, the application that holds it, or the module"
                    + " of the server that stands behind @", e);
        } catch (LinkageError e) {
            throw fault(name, "the class cannot be linked: " + e, e);
        }
    }

    private HookClassLoader module(String name, String module) throws HookConfigurationException {
        Optional<ClassLoader> loader = modules.apply(module);
        if (loader.isEmpty()) {
            throw fault(name, "the server has no module '" + module + "'", null);
        }
        return new HookClassLoader(HookLoader.class.getClassLoader(), List.of(loader.get()));
    }

    private static HookConfigurationException fault(String name, String why, Throwable cause) {
        return new HookConfigurationException(PROPERTY, name, why, cause);
    }
}
