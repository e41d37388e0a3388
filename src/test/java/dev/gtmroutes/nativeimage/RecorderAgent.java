// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import static dev.gtmroutes.nativeimage.Hook.atEnd;
import static dev.gtmroutes.nativeimage.Hook.atStart;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A Java agent that has a program note what it asks for by name or by reflection, see {@link Recorder}. */
public final class RecorderAgent implements ClassFileTransformer {

    private static final String STRING = "(Ljava/lang/String;";
    private static final String SERIALIZERS = "com/fasterxml/jackson/databind/ser/BeanSerializerFactory";
    private static final String DESERIALIZERS = "com/fasterxml/jackson/databind/deser/BeanDeserializerFactory";

    /** What of the JDK is loaded before the agent is, and is loaded again with its hooks. */
    private static final List<Class<?>> OF_JDK = List.of(Class.class, ClassLoader.class, Method.class, Constructor.class,
            Field.class, Proxy.class, ResourceBundle.class, ObjectInputStream.class, ObjectOutputStream.class);

    private static final Map<String, List<Hook>> HOOKS = List.of(
            // By way of this one, class resolvers look for all but the few names that Camel knows by heart.
            atEnd("org/apache/camel/util/ObjectHelper", "doLoadClass", STRING, "classFound", 0),
            atEnd("java/lang/Class", "forName", STRING, "classNamed", 0),
            atEnd("java/lang/ClassLoader", "getResource", STRING, "resourceFound", 1),
            atEnd("java/lang/ClassLoader", "getResources", STRING, "resourcesFound", 1),
            atEnd("java/util/ResourceBundle", "getBundle", STRING, "bundleFound", 0),
            atStart("java/lang/reflect/Proxy", "newProxyInstance", "(Ljava/lang/ClassLoader;", "proxyMade", 1),
            atStart("java/lang/reflect/Method", "invoke", "(", "called", 0),
            atStart("java/lang/reflect/Constructor", "newInstanceWithCaller", "(", "made", 0),
            atStart("java/lang/reflect/Field", "get", "(Ljava/lang/Object;)Ljava/lang/Object;", "touched", 0),
            atStart("java/lang/reflect/Field", "set", "(", "touched", 0),
            atStart("java/io/ObjectOutputStream", "writeObject0", "(", "serialized", 1),
            atEnd("java/io/ObjectInputStream", "readOrdinaryObject", "(", "serialized"),
            atEnd(SERIALIZERS, "constructBeanOrAddOnSerializer", "(", "typeWritten", 2),
            atEnd(DESERIALIZERS, "buildBeanDeserializer", "(", "typeRead", 2),
            atEnd(DESERIALIZERS, "buildBuilderBasedDeserializer", "(", "typeRead", 2),
            atEnd(DESERIALIZERS, "buildThrowableDeserializer", "(", "typeRead", 2))
            .stream().collect(Collectors.groupingBy(Hook::type));

    private RecorderAgent() {
    }

    /** @param directory to which each process adds a file */
    public static void premain(String directory, Instrumentation instrumentation)
            throws IOException, UnmodifiableClassException {
        Recorder.open(Files.createTempFile(Files.createDirectories(Path.of(directory)), "program", ".txt").toString());
        BiConsumer<Object, Object> recorder = (teller, told) -> Recorder.tell(teller, (Object[]) told);
        // Not on the boot class path: a JVM with one of its own uses no archive of the program's classes, and starts slowly.
        System.getProperties().put(Hook.RECORDER, recorder);
        instrumentation.addTransformer(new RecorderAgent(), true);
        instrumentation.retransformClasses(OF_JDK.toArray(Class<?>[]::new));
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
        List<Hook> hooks = name == null ? null : HOOKS.get(name);
        if (hooks == null) {
            return null;
        }
        try {
            return hooked(bytes, hooks);
        } catch (RuntimeException | LinkageError e) {
            // The JVM would go on in silence, and the record would lack something.
            e.printStackTrace();
            Runtime.getRuntime().halt(70);
            return null;
        }
    }

    private static byte[] hooked(byte[] bytes, List<Hook> hooks) {
        ClassReader original = new ClassReader(bytes);
        ClassWriter changed = new ClassWriter(original, ClassWriter.COMPUTE_MAXS);
        int[] found = new int[hooks.size()];
        original.accept(new ClassVisitor(Opcodes.ASM9, changed) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
                MethodVisitor copy = super.visitMethod(access, name, descriptor, signature, thrown);
                for (int i = 0; i < found.length; i++) {
                    if (hooks.get(i).isOf(name, descriptor)) {
                        found[i]++;
                        return hooks.get(i).into(copy);
                    }
                }
                return copy;
            }
        }, 0);
        for (int i = 0; i < found.length; i++) {
            if (found[i] == 0) {
                throw new IllegalStateException("no method " + hooks.get(i).type() + "." + hooks.get(i).method());
            }
        }
        return changed.toByteArray();
    }
}
