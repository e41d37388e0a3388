// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** The arguments of native-image: which of the configuration in libraries is left out, and what libraries add. */
final class NativeArguments {

    private static final String INCLUDED = "-H:IncludeResources=";
    private static final String LATER = "--initialize-at-run-time=";

    /** Configuration that is left out: of which jars, and which files. */
    private record Exclusion(Pattern jars, Pattern files) {
    }

    /**
     * What a {@code native-image.properties} adds.
     *
     * @param resources        patterns of resources
     * @param initializedLater classes and packages that are initialized when the program runs
     */
    record Further(List<String> resources, Set<String> initializedLater) {
    }

    private final List<Exclusion> exclusions = new ArrayList<>();

    /** @param file all arguments in a line; an exclusion is three of them: the option, jars and files */
    static NativeArguments read(Path file) throws IOException {
        NativeArguments arguments = new NativeArguments();
        List<String> all = List.of(Files.readString(file).strip().split("\\s+"));
        for (int i = 0; i + 2 < all.size(); i++) {
            if (all.get(i).equals("--exclude-config")) {
                arguments.exclusions.add(new Exclusion(Pattern.compile(all.get(i + 1)), Pattern.compile(all.get(i + 2))));
            }
        }
        return arguments;
    }

    boolean isExcluded(Path jar, String file) {
        return exclusions.stream().anyMatch(each -> each.jars.matcher(jar.getFileName().toString()).find()
                && each.files.matcher("/" + file).find());
    }

    static Further further(InputStream properties) throws IOException {
        Properties read = new Properties();
        read.load(properties);
        Further further = new Further(new ArrayList<>(), new HashSet<>());
        for (String each : read.getProperty("Args", "").strip().split("\\s+")) {
            if (each.startsWith(INCLUDED)) {
                further.resources.add(each.substring(INCLUDED.length()));
            } else if (each.startsWith(LATER)) {
                further.initializedLater.addAll(List.of(each.substring(LATER.length()).split(",")));
            }
        }
        return further;
    }

    /**
     * The texts in the code of a class. Quarkus writes a class that tells native-image which classes and packages to
     * initialize when the program runs; it has no other texts that could be taken for names of classes.
     */
    static Set<String> texts(InputStream type) throws IOException {
        Set<String> texts = new HashSet<>();
        new ClassReader(type).accept(new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                    @Override
                    public void visitLdcInsn(Object value) {
                        if (value instanceof String text) {
                            texts.add(text);
                        }
                    }
                };
            }
        }, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        texts.remove("");
        return texts;
    }
}
