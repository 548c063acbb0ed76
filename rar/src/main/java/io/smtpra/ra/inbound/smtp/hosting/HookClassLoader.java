package io.smtpra.ra.inbound.smtp.hosting;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the classes of hooks where users can put them, and James' classes where we have them. A jar of the ear, or a
 * module of the server, does not see the classes in our archive: a hook in it cannot be linked there, because it
 * implements an interface of James'. Such a class, and what lies beside it, is read there and defined here.
 */
final class HookClassLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private final List<ClassLoader> places;
    /** Where classes come from that are defined here. */
    private final Set<String> roots = new HashSet<>();

    HookClassLoader(ClassLoader ours, List<ClassLoader> places) {
        super("smtp-ra hooks", ours);
        this.places = List.copyOf(places);
    }

    /**
     * The class of a hook: ours, or read where it lies. Its own loader is not asked to link it, which would only make
     * the server log that it can't.
     */
    Class<?> hook(String name) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try {
                return getParent().loadClass(name);
            } catch (ClassNotFoundException | LinkageError e) {
                return findClass(name);
            }
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            return isFromRoot(name) ? findClass(name) : linked(name);
        }
    }

    /** The class as one of the loaders has it; defined here where none can link it. */
    private Class<?> linked(String name) throws ClassNotFoundException {
        try {
            return getParent().loadClass(name);
        } catch (ClassNotFoundException | LinkageError e) {
            // perhaps another can
        }
        for (ClassLoader place : places) {
            try {
                return place.loadClass(name);
            } catch (ClassNotFoundException | LinkageError e) {
                // perhaps another can
            }
        }
        return findClass(name);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        String path = path(name);
        URL url = find(path);
        if (url == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = url.openStream()) {
            byte[] octets = in.readAllBytes();
            synchronized (roots) {
                roots.add(root(url, path));
            }
            return defineClass(name, octets, 0, octets.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private boolean isFromRoot(String name) {
        synchronized (roots) {
            if (roots.isEmpty()) {
                return false;
            }
        }
        String path = path(name);
        URL url = find(path);
        synchronized (roots) {
            return url != null && roots.contains(root(url, path));
        }
    }

    private URL find(String path) {
        URL own = getParent().getResource(path);
        if (own != null) {
            return own;
        }
        for (ClassLoader place : places) {
            URL url = place.getResource(path);
            if (url != null) {
                return url;
            }
        }
        return null;
    }

    private static String path(String name) {
        return name.replace('.', '/') + ".class";
    }

    private static String root(URL url, String path) {
        String text = url.toString();
        return text.substring(0, text.length() - path.length());
    }
}
