// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import org.junit.jupiter.api.Test;

/** No endpoint that changes something can forget the audit log. */
class AuditedTest {

    /** They take a body and change nothing; a file that is uploaded is looked at before a person sends it. */
    private static final Set<String> READING = Set.of("FlowFormPages.again", "SamplePages.requests", "SamplePages.records",
            "SamplesResource.preview", "LetterActions.check", "MappingPages.attributes", "MappingPages.table",
            "UploadPages.upload", "UploadPages.discard", "SamplePages.editor", "PresencePages.isOpen",
            "PresencePages.isClosed");

    @Test
    void eachEndpointThatChangesSomethingWritesIntoTheAuditLog() {
        JavaClasses classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.gtmroutes.console");
        Set<String> silent = new TreeSet<>();
        int changing = 0;
        for (JavaClass resource : classes) {
            for (JavaMethod method : resource.getMethods()) {
                if (method.isAnnotatedWith(POST.class) || method.isAnnotatedWith(PUT.class)
                        || method.isAnnotatedWith(DELETE.class) || method.isAnnotatedWith(PATCH.class)) {
                    changing++;
                    if (!writes(method, new HashSet<>())) {
                        silent.add(resource.getSimpleName() + "." + method.getName());
                    }
                }
            }
        }
        assertThat(changing).isGreaterThan(20);
        assertThat(silent).isEqualTo(new TreeSet<>(READING));
    }

    /** Also by other methods of its class. */
    private static boolean writes(JavaMethod method, Set<JavaMethod> seen) {
        return seen.add(method) && method.getMethodCallsFromSelf().stream().anyMatch(call -> isWrite(call)
                || call.getTargetOwner().equals(method.getOwner()) && call.getTarget().resolveMember()
                        .filter(target -> writes(target, seen)).isPresent());
    }

    private static boolean isWrite(JavaMethodCall call) {
        return call.getTargetOwner().isEquivalentTo(Audit.class) && call.getTarget().getName().equals("write");
    }
}
