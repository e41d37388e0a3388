// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import dev.gtmroutes.lint.Lint;
import dev.gtmroutes.lint.flow.Settings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** deploy/kubernetes.yaml is what Kubernetes understands, and fits to the program and its images. */
class KubernetesTest {

    private static final Path MANIFEST = Path.of("deploy/kubernetes.yaml");
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of("ConfigMap", ConfigMap.class,
            "PersistentVolumeClaim", PersistentVolumeClaim.class, "Deployment", Deployment.class,
            "Service", Service.class, "NetworkPolicy", NetworkPolicy.class);
    private static final Pattern SETTING = Pattern.compile("(?m)^(?:# )?([a-z][\\w.-]+)=(.*)$");

    /** Fields that Kubernetes does not know are an error; the classes by themselves would take any. */
    private static final ObjectMapper STRICT = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated member) {
                    return false;
                }
            });

    @TempDir
    Path directory;

    private Map<String, HasMetadata> all;
    private PodSpec pod;
    private Container container;
    private Map<String, String> settings;

    @BeforeEach
    void read() throws IOException {
        all = parse(Files.readString(MANIFEST));
        pod = as(Deployment.class).getSpec().getTemplate().getSpec();
        assertThat(pod.getContainers()).hasSize(1);
        container = pod.getContainers().get(0);
        settings = new HashMap<>();
        SETTING.matcher(Files.readString(Path.of("application.properties"))).results()
                .forEach(each -> settings.put(each.group(1), each.group(2)));
    }

    private static Map<String, HasMetadata> parse(String manifest) {
        Map<String, HasMetadata> all = new HashMap<>();
        for (Object each : new Load(LoadSettings.builder().build()).loadAllFromString(manifest)) {
            String kind = String.valueOf(((Map<?, ?>) each).get("kind"));
            assertThat(KINDS).containsKey(kind);
            HasMetadata object = STRICT.convertValue(each, KINDS.get(kind));
            assertThat(((Map<?, ?>) each).get("apiVersion")).isEqualTo(HasMetadata.getApiVersion(object.getClass()));
            assertThat(all.put(kind, object)).isNull();
        }
        return all;
    }

    private <T extends HasMetadata> T as(Class<T> type) {
        return type.cast(all.get(type.getSimpleName()));
    }

    private String setting(String name) {
        assertThat(settings).containsKey(name);
        return settings.get(name);
    }

    /** The values that stand behind a word in a Dockerfile. */
    private static List<String> values(String dockerfile, String word) throws IOException {
        Matcher line = Pattern.compile("(?m)^" + word + " (.*)$").matcher(Files.readString(Path.of(dockerfile)));
        List<String> lines = line.results().map(each -> each.group(1)).toList();
        return List.of(lines.get(lines.size() - 1).replaceAll("[\\[\\]\",]", " ").strip().split(" +"));
    }

    @Test
    void allIsThereAndNothingThatKubernetesDoesNotKnow() {
        assertThat(all.keySet()).isEqualTo(KINDS.keySet());
    }

    @Test
    void aMisspeltFieldIsFound() throws IOException {
        String manifest = Files.readString(MANIFEST);

        for (String field : List.of("readinessProbe", "claimName", "podSelector")) {
            String misspelt = field.substring(0, field.length() - 1);
            assertThatThrownBy(() -> parse(manifest.replace(field + ":", misspelt + ":")))
                    .hasMessageContaining("Unrecognized field \"" + misspelt + "\"");
        }
        assertThatThrownBy(() -> parse(manifest.replace("apps/v1", "apps/v1beta1"))).isInstanceOf(AssertionError.class);
    }

    @Test
    void portsAreThoseOfTheProgramAndItsImages() throws IOException {
        List<String> ports = List.of(setting("quarkus.http.port"), setting("quarkus.management.port"));

        assertThat(container.getPorts()).extracting(ContainerPort::getContainerPort).map(String::valueOf)
                .isEqualTo(ports);
        assertThat(values("Dockerfile", "EXPOSE")).isEqualTo(ports);
        assertThat(values("Dockerfile.jvm", "EXPOSE")).isEqualTo(ports);
        assertThat(as(Service.class).getSpec().getPorts()).extracting(ServicePort::getPort).map(String::valueOf)
                .isEqualTo(ports);
        assertThat(as(Service.class).getSpec().getPorts()).extracting(each -> each.getTargetPort().getStrVal())
                .isEqualTo(container.getPorts().stream().map(ContainerPort::getName).toList());
        assertThat(as(NetworkPolicy.class).getSpec().getIngress().stream().flatMap(each -> each.getPorts().stream())
                .map(each -> each.getPort().getIntVal().toString())).isEqualTo(ports);
    }

    /** Not the addresses at which clouds hand out credentials, and not what else is in the network of the cluster. */
    @Test
    void theProgramReachesNamesAndOutsideHttpsOnly() {
        assertThat(as(NetworkPolicy.class).getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(as(NetworkPolicy.class).getSpec().getEgress().stream().flatMap(each -> each.getPorts().stream())
                .map(each -> each.getPort().getIntVal())).containsExactly(53, 53, 443);
        assertThat(as(NetworkPolicy.class).getSpec().getEgress().stream().flatMap(each -> each.getTo().stream())
                .filter(each -> each.getIpBlock() != null).map(each -> each.getIpBlock().getExcept()))
                .allSatisfy(except -> assertThat(except).contains("169.254.0.0/16", "10.0.0.0/8"));
    }

    @Test
    void probesAndMetricsAreServedThere() {
        String root = setting("quarkus.management.root-path");
        String health = root + "/" + setting("quarkus.smallrye-health.root-path");

        assertThat(List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe()))
                .extracting(Probe::getHttpGet).extracting(HTTPGetAction::getPath)
                .containsExactly(health + "/started", health + "/live", health + "/ready");
        assertThat(List.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe()))
                .allMatch(each -> each.getHttpGet().getPort().getStrVal().equals("management"));
        Map<String, String> scraped = as(Deployment.class).getSpec().getTemplate().getMetadata().getAnnotations();
        assertThat(scraped).containsEntry("prometheus.io/port", setting("quarkus.management.port"))
                .containsEntry("prometheus.io/path",
                        root + "/" + setting("quarkus.micrometer.export.prometheus.path"));
    }

    @Test
    void environmentVariablesAreSettings() {
        TreeSet<String> known = new TreeSet<>();
        settings.keySet().forEach(each -> known.add(each.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)));

        assertThat(container.getEnv()).isNotEmpty().allSatisfy(each -> assertThat(known).contains(each.getName()));
        assertThat(container.getEnv()).filteredOn(each -> each.getName().matches(".*(KEY|SECRET|TOKEN)"))
                .isNotEmpty()
                .allMatch(each -> each.getValue() == null && each.getValueFrom().getSecretKeyRef() != null);
    }

    @Test
    void whatIsMountedIsWhereTheProgramLooks() throws IOException {
        for (String dockerfile : List.of("Dockerfile", "Dockerfile.jvm")) {
            String home = values(dockerfile, "WORKDIR").get(0);
            String data = home + "/" + setting("gtm.data");
            String routes = home + "/" + setting("gtm.routes");

            assertThat(values(dockerfile, "VOLUME")).containsExactly(routes, data);
            assertThat(container.getVolumeMounts()).extracting(VolumeMount::getMountPath)
                    .containsExactly(routes + "/flows", data, "/tmp");
        }
        assertThat(pod.getVolumes()).extracting("name")
                .isEqualTo(container.getVolumeMounts().stream().map(VolumeMount::getName).toList());
        assertThat(pod.getVolumes().get(0).getConfigMap().getName())
                .isEqualTo(as(ConfigMap.class).getMetadata().getName());
        assertThat(pod.getVolumes().get(1).getPersistentVolumeClaim().getClaimName())
                .isEqualTo(as(PersistentVolumeClaim.class).getMetadata().getName());
    }

    @Test
    void itRunsWithoutRightsAndOnce() throws IOException {
        Deployment deployment = as(Deployment.class);

        assertThat(List.of(String.valueOf(pod.getSecurityContext().getRunAsUser())))
                .isEqualTo(values("Dockerfile", "USER")).isEqualTo(values("Dockerfile.jvm", "USER"));
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
        assertThat(pod.getTerminationGracePeriodSeconds())
                .isGreaterThan(Long.parseLong(setting("gtm.shutdown-timeout").replace("s", "")));
    }

    @Test
    void selectorsFindThePod() {
        Map<String, String> labels = as(Deployment.class).getSpec().getTemplate().getMetadata().getLabels();

        assertThat(as(Deployment.class).getSpec().getSelector().getMatchLabels()).isEqualTo(labels);
        assertThat(as(Service.class).getSpec().getSelector()).isEqualTo(labels);
        assertThat(as(NetworkPolicy.class).getSpec().getPodSelector().getMatchLabels()).isEqualTo(labels);
    }

    @Test
    void itsFlowsHaveNoMistakes() throws IOException {
        Path flows = Files.createDirectories(directory.resolve("flows"));
        Map<String, String> files = as(ConfigMap.class).getData();
        for (Map.Entry<String, String> each : files.entrySet()) {
            Files.writeString(flows.resolve(each.getKey()), each.getValue());
        }

        assertThat(files).isNotEmpty();
        assertThat(new Lint(directory, Settings.UNKNOWN).check()).filteredOn(each -> !each.isWarning()).isEmpty();
    }
}
