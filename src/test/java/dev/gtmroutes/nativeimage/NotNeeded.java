// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.nativeimage;

import java.util.List;
import java.util.Set;

import dev.gtmroutes.nativeimage.Use.Kind;

/** What a program asks for on a JVM, and a native image finds by other means or does without. Each rule says why. */
final class NotNeeded {

    private static final String SERVICES = "META-INF/services/";
    private static final Set<Kind> MEMBERS = Set.of(Kind.METHOD, Kind.CONSTRUCTOR, Kind.FIELD);

    /** Packages of the JDK. */
    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.jcp.");

    private NotNeeded() {
    }

    static boolean covers(Use use) {
        return isProviderOfJdk(use) || isMemberNamedInCode(use) || isLoggerOfJdk(use) || isReplacedByQuarkus(use)
                || isFolder(use) || use.kind() == Kind.BUNDLE && isOfJdk(use.name());
    }

    private static boolean isOfJdk(String name) {
        return JDK.stream().anyMatch(name::startsWith);
    }

    /**
     * Services that modules of the JDK provide to the JDK: providers of security, which native-image registers by itself,
     * see https://www.graalvm.org/latest/reference-manual/native-image/dynamic-features/JCASecurityServices/, and of
     * management beans, whose factory is GraalVM's own.
     */
    private static boolean isProviderOfJdk(Use use) {
        return use.kind() == Kind.CONSTRUCTOR && use.isAskedBy("java.util.ServiceLoader") && isOfJdk(use.type());
    }

    /**
     * Libraries other than Camel look for members of the JDK by constants, such as Jackson for {@code Class.isRecord}, and
     * native-image registers these by itself:
     * https://www.graalvm.org/latest/reference-manual/native-image/metadata/#metadata-provided-automatically. Camel takes
     * the names of members from flows. OpenTelemetry names a method of its own so, in {@code SdkMeterProviderUtil}.
     */
    private static boolean isMemberNamedInCode(Use use) {
        return MEMBERS.contains(use.kind()) && isOfJdk(use.type()) && !use.isAskedBy("org.apache.camel.")
                && !use.isAskedBy("dev.gtmroutes.")
                || use.name().startsWith("io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder#")
                        && use.isAskedBy("io.opentelemetry.sdk.metrics.internal.SdkMeterProviderUtil.");
    }

    /** Without it {@code System.Logger} writes to {@code java.util.logging}, which is JBoss' log manager as well. */
    private static boolean isLoggerOfJdk(Use use) {
        return use.name().equals(SERVICES + "java.lang.System$LoggerFinder")
                || use.name().startsWith("org.jboss.logmanager.JBossLoggerFinder#");
    }

    /** In a native image the class that asks is another one: {@code io.quarkus.runtime.configuration.Substitutions}. */
    private static boolean isReplacedByQuarkus(Use use) {
        return use.isAskedBy("java.util.ServiceLoader")
                && use.asker().endsWith(" for io.smallrye.config.SmallRyeConfigProviderResolver.getFactoryFor");
    }

    /**
     * Folders are no resources of an image. The list of Kamelets is read in another way there, see
     * {@code ClasspathKamelets}, and Vert.x looks only whether its files lie in a jar.
     */
    private static boolean isFolder(Use use) {
        return use.kind() == Kind.RESOURCE && (use.name().equals("kamelets")
                || use.name().equals("META-INF") && use.isAskedBy("io.vertx.core.file."));
    }
}
