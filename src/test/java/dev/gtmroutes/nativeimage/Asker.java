// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Who asks for something, told from the stack.
 *
 * @param names        the first frame that is not of the JDK, and the first one below it that is of another library or of
 *                     ours
 * @param context      classes whose static initializer is running, with commas between: GraalVM runs most of them when it
 *                     builds the image; and {@code DryLoad}, which a native image does without
 * @param isJdk        whether the method that calls the one that is recorded is of the JDK: a native image has its own JDK
 * @param isBuild      whether this is the part of a start that Quarkus moves to the build of a native image
 */
record Asker(List<String> names, String context, boolean isJdk, boolean isBuild) {

    private static final StackWalker STACK = StackWalker.getInstance();
    private static final String DRY_LOAD = "dev.gtmroutes.flow.DryLoad";
    private static final String BUILT = "io.quarkus.runner.ApplicationImpl";

    static Asker find() {
        List<String> names = new ArrayList<>(2);
        Set<String> context = new LinkedHashSet<>();
        String[] caller = new String[1];
        STACK.forEach(frame -> {
            String type = frame.getClassName();
            if (type.startsWith("dev.gtmroutes.nativeimage.")
                    || caller[0] == null && isRecorded(type, frame.getMethodName())) {
                return;
            }
            if (caller[0] == null) {
                caller[0] = type;
            }
            if (isOfJdk(type)) {
                return;
            }
            if (names.isEmpty() || names.size() == 1 && !library(names.get(0)).equals(library(type))) {
                names.add(type + "." + frame.getMethodName());
            }
            if (frame.getMethodName().equals("<clinit>") || type.equals(DRY_LOAD)) {
                context.add(type);
            }
        });
        return new Asker(names, String.join(",", context), caller[0] == null || isOfJdk(caller[0]),
                context.contains(BUILT));
    }

    /** The methods that are recorded, and those of the JDK by which they are called. */
    private static boolean isRecorded(String type, String method) {
        return switch (type) {
            case "java.lang.Class" -> method.equals("forName") || method.equals("newInstance")
                    || method.startsWith("getResource");
            case "java.lang.ClassLoader", "java.lang.reflect.Method", "java.lang.reflect.Constructor",
                    "java.lang.reflect.Field", "java.lang.reflect.Proxy", "java.util.ResourceBundle" -> true;
            default -> false;
        };
    }

    /** The loader of services is told: what it reads is found in a native image by other rules. */
    private static boolean isOfJdk(String type) {
        return type.startsWith("java.") && !type.startsWith("java.util.ServiceLoader") || type.startsWith("javax.")
                || type.startsWith("jdk.") || type.startsWith("sun.") || type.startsWith("com.sun.");
    }

    /** The first two parts of the package. */
    private static String library(String name) {
        int end = name.indexOf('.', name.indexOf('.') + 1);
        return end < 0 ? name : name.substring(0, end);
    }

    /** Whether the caller is of one of these packages. */
    boolean isOf(String... packages) {
        for (String each : packages) {
            if (!isJdk && names.get(0).startsWith(each)) {
                return true;
            }
        }
        return false;
    }

    String name() {
        return names.isEmpty() ? "the JDK" : String.join(" for ", names);
    }
}
