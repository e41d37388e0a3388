// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notes what a program asks for by name or by reflection, each thing once and at once: programs are killed. The methods are
 * called by classes of the JDK, of Camel and of Jackson that {@link RecorderAgent} has changed, see {@link Hook}.
 *
 * <p>A line is {@code kind TAB name TAB asker TAB context}, see {@link Use}.
 */
final class Recorder {

    /** What the JDK asks for in its own interest, a native image has with the JDK. */
    private static final Set<String> OF_CODE = Set.of("class", "proxy", "method", "constructor", "field");
    private static final Set<Object> NOTED = ConcurrentHashMap.newKeySet();
    private static final ThreadLocal<Boolean> NOTING = new ThreadLocal<>();
    private static OutputStream out;

    private Recorder() {
    }

    /** @param file what is noted is appended to it */
    static void open(String file) throws IOException {
        // What this class needs itself is there before anything is changed.
        resourceFound(new URL("file:/"), "warm-up");
        classFound(Recorder.class, "warm-up");
        classNamed(Recorder.class, "warm-up");
        proxyMade(new Class<?>[] {Runnable.class, Comparable.class});
        made(Object.class.getConstructors()[0]);
        NOTED.clear();
        out = new FileOutputStream(file, true);
    }

    /** @param told what {@link Hook#told()} says, after the result if there is one */
    static void tell(Object teller, Object... told) {
        switch ((String) teller) {
            case "classFound" -> classFound(told[0], told[1]);
            case "classNamed" -> classNamed(told[0], told[1]);
            case "resourceFound" -> resourceFound(told[0], told[1]);
            case "resourcesFound" -> resourcesFound(told[0], told[1]);
            case "bundleFound" -> bundleFound(told[0], told[1]);
            case "proxyMade" -> proxyMade(told[0]);
            case "called" -> called(told[0]);
            case "made" -> made(told[0]);
            case "touched" -> touched(told[0]);
            case "typeWritten" -> typeWritten(told[0], told[1]);
            case "typeRead" -> typeRead(told[0], told[1]);
            case "serialized" -> serialized(told[0]);
            default -> throw new IllegalArgumentException((String) teller);
        }
    }

    /** A class that Camel has found by its name. @param found null if there is none */
    private static void classFound(Object found, Object name) {
        if (found instanceof Class<?> type) {
            note("class", type.getName(), "class " + name);
        }
    }

    /** A class that somebody has found by {@code Class.forName}. */
    private static void classNamed(Object found, Object name) {
        if (found != null && NOTING.get() == null && !NOTED.contains(name)
                && isAskedByOneOf("dev.gtmroutes.", "org.apache.camel.", "org.apache.kafka.")) {
            note("class", ((Class<?>) found).getName(), name);
        }
    }

    /** A resource. @param found null if there is none */
    private static void resourceFound(Object found, Object name) {
        if (found instanceof URL url && !url.getProtocol().equals("jrt")) {
            note("resource", (String) name, "resource " + name);
        }
    }

    /** Resources of one name. */
    private static void resourcesFound(Object found, Object name) {
        String key = "resource " + name;
        if (NOTING.get() == null && !NOTED.contains(key) && found instanceof Enumeration<?> all && all.hasMoreElements()) {
            note("resource", (String) name, key);
        }
    }

    /** A bundle of texts. */
    private static void bundleFound(Object found, Object name) {
        if (found instanceof ResourceBundle) {
            note("bundle", (String) name, "bundle " + name);
        }
    }

    /** A proxy of interfaces. */
    private static void proxyMade(Object interfaces) {
        StringBuilder names = new StringBuilder();
        for (Class<?> type : (Class<?>[]) interfaces) {
            if (type.isAnnotation()) {
                return;
            }
            names.append(names.isEmpty() ? "" : ",").append(type.getName());
        }
        note("proxy", names.toString(), "proxy " + names);
    }

    /** A method that is called by reflection. */
    private static void called(Object method) {
        if (!NOTED.contains(method) && isNamed((Member) method)) {
            note("method", signature((Method) method), method);
        }
    }

    /** A constructor that is called by reflection. */
    private static void made(Object constructor) {
        if (!NOTED.contains(constructor) && isNamed((Member) constructor)) {
            note("constructor", signature((Constructor<?>) constructor), constructor);
        }
    }

    /** A field that is read or written by reflection. */
    private static void touched(Object field) {
        if (!NOTED.contains(field) && isNamed((Member) field)) {
            Field touched = (Field) field;
            note("field", touched.getDeclaringClass().getName() + "#" + touched.getName(), field);
        }
    }

    /** A type that Jackson writes from its properties. @param serializer null if it writes it otherwise */
    private static void typeWritten(Object serializer, Object type) {
        if (serializer != null) {
            noteType("written", type);
        }
    }

    /** A type that Jackson reads into its properties. */
    private static void typeRead(Object deserializer, Object type) {
        if (deserializer != null) {
            noteType("read", type);
        }
    }

    private static void noteType(String kind, Object type) {
        String name = rawClass(type).getName();
        note(kind, name, kind + " " + name);
    }

    /** What this asks for by reflection itself is not noted. */
    private static Class<?> rawClass(Object type) {
        Boolean before = NOTING.get();
        NOTING.set(Boolean.TRUE);
        try {
            return (Class<?>) type.getClass().getMethod("getRawClass").invoke(type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is no type of Jackson", e);
        } finally {
            NOTING.set(before);
        }
    }

    /** An object that Java writes or reads in its own form. */
    private static void serialized(Object any) {
        if (any != null && !(any instanceof String) && !any.getClass().isArray()) {
            note("serialized", any.getClass().getName(), "serialized " + any.getClass().getName());
        }
    }

    /** Not of lambdas and proxies, which are classes that the JVM makes. */
    private static boolean isNamed(Member member) {
        Class<?> type = member.getDeclaringClass();
        return !type.isHidden() && !Proxy.isProxyClass(type);
    }

    private static String signature(Executable member) {
        StringBuilder signature = new StringBuilder(member.getDeclaringClass().getName());
        signature.append('#').append(member instanceof Method ? member.getName() : "<init>").append('(');
        String separator = "";
        for (Class<?> parameter : member.getParameterTypes()) {
            signature.append(separator).append(parameter.getTypeName());
            separator = ",";
        }
        return signature.append(')').toString();
    }

    private static boolean isAskedByOneOf(String... packages) {
        NOTING.set(Boolean.TRUE);
        try {
            return Asker.find().isOf(packages);
        } finally {
            NOTING.remove();
        }
    }

    private static void note(String kind, String name, Object key) {
        if (NOTED.contains(key) || NOTING.get() != null) {
            return;
        }
        NOTING.set(Boolean.TRUE);
        try {
            Asker asker = Asker.find();
            if (asker.isJdk() && OF_CODE.contains(kind)) {
                return;
            }
            // What is asked for here may be asked for again where it is needed.
            if (!asker.isBuild() && NOTED.add(asker.context().isEmpty() ? key : key + " in " + asker.context())) {
                write(kind + "\t" + name + "\t" + asker.name() + "\t" + asker.context() + "\n");
            }
        } finally {
            NOTING.remove();
        }
    }

    private static synchronized void write(String line) {
        try {
            if (out == null) {
                return;
            }
            out.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
