import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strimzi.api.kafka.model.connect.KafkaConnect;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.kafka.KafkaResources;
import io.strimzi.api.kafka.model.mirrormaker2.KafkaMirrorMaker2;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.podset.StrimziPodSet;
import io.strimzi.operator.cluster.ClusterOperatorConfig;
import io.strimzi.operator.cluster.model.CruiseControl;
import io.strimzi.operator.cluster.model.DefaultSharedEnvironmentProvider;
import io.strimzi.operator.cluster.model.EntityOperator;
import io.strimzi.operator.cluster.model.KafkaCluster;
import io.strimzi.operator.cluster.model.KafkaConnectCluster;
import io.strimzi.operator.cluster.model.KafkaExporter;
import io.strimzi.operator.cluster.model.KafkaMirrorMaker2Cluster;
import io.strimzi.operator.cluster.model.KafkaVersion;
import io.strimzi.operator.cluster.model.KafkaVersionChange;
import io.strimzi.operator.cluster.model.SharedEnvironmentProvider;
import io.strimzi.operator.cluster.model.nodepools.NodePoolUtils;
import io.strimzi.operator.common.Reconciliation;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes into recorded-made.json what Strimzi's own model makes of the resources of each case there: every pod,
 * Deployment, Service, claim, account, role and budget, less what nobody judges. It asks no API server. Secrets are left out,
 * since most of them need an authority.
 *
 * With Java 21 or newer, Maven and Strimzi's source at the tag of the version (api from Maven Central, so that nothing is
 * generated):
 *
 *   mvn -pl .,test,mockkube,config-model,operator-common,certificate-issuer,cluster-operator -DskipTests
 *       compile dependency:build-classpath -Dmdep.outputFile=classpath.txt
 *   echo '{"configs":{}}' > kafka-VERSION-config-model.json    # on the classpath: Kafka's own settings are not judged
 *   java -cp .:cluster-operator/target/classes:$(cat cluster-operator/classpath.txt) Make.java recorded-made.json
 */
public class Make {
    static final ObjectMapper JSON = new ObjectMapper();
    static final SharedEnvironmentProvider SHARED = new DefaultSharedEnvironmentProvider();

    /** What is kept of a pod, of its containers and of the other kinds: what quotas, policies and the scheduler look at. */
    static final Set<String> OF_POD = Set.of("affinity", "automountServiceAccountToken", "containers", "hostUsers", "initContainers", "priorityClassName", "schedulerName", "securityContext", "serviceAccountName", "tolerations", "topologySpreadConstraints", "volumes");
    static final Set<String> OF_CONTAINER = Set.of("name", "ports", "resources", "restartPolicy", "securityContext");
    static final Set<String> OF_OTHERS = Set.of("accessModes", "allocateLoadBalancerNodePorts", "clusterIP", "externalTrafficPolicy", "loadBalancerClass", "loadBalancerSourceRanges", "maxUnavailable", "minAvailable", "ports", "publishNotReadyAddresses", "replicas", "resources", "selector", "storageClassName", "strategy", "template", "type");

    static Map<String, JsonNode> made;

    public static void main(String[] args) throws Exception {
        File file = new File(args[0]);
        ObjectNode recorded = (ObjectNode) JSON.readTree(file);
        for (JsonNode each : recorded.get("cases")) {
            made = new TreeMap<>();
            Map<String, List<JsonNode>> byKind = new HashMap<>();
            for (JsonNode resource : each.get("resources"))
                byKind.computeIfAbsent(resource.get("kind").asText(), kind -> new ArrayList<>()).add(resource);
            makeAll(byKind);
            ((ObjectNode) each).set("made", JSON.valueToTree(made));
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(file, recorded);
    }

    static void makeAll(Map<String, List<JsonNode>> byKind) throws Exception {
        for (Kafka kafka : read(byKind, "Kafka", Kafka.class))
            makeKafka(kafka, read(byKind, "KafkaNodePool", KafkaNodePool.class));
        for (KafkaConnect connect : read(byKind, "KafkaConnect", KafkaConnect.class))
            makeConnect(KafkaConnectCluster.fromCrd(reconcile("KafkaConnect", connect), connect, versions(), SHARED));
        for (KafkaMirrorMaker2 mirror : read(byKind, "KafkaMirrorMaker2", KafkaMirrorMaker2.class))
            makeConnect(KafkaMirrorMaker2Cluster.fromCrd(reconcile("KafkaMirrorMaker2", mirror), mirror, versions(), SHARED));
    }

    static void makeKafka(Kafka kafka, List<KafkaNodePool> pools) throws Exception {
        Reconciliation reconciliation = reconcile("Kafka", kafka);
        KafkaVersion version = versions().supportedVersion(kafka.getSpec().getKafka().getVersion());
        KafkaVersionChange change = new KafkaVersionChange(version, version, null, null, version.metadataVersion());
        KafkaCluster cluster = KafkaCluster.fromCrd(
                reconciliation,
                kafka,
                NodePoolUtils.createKafkaPools(reconciliation, kafka, pools, Map.of(), change, SHARED),
                versions(),
                change,
                "cluster-id",
                SHARED);
        print(cluster.generateService());
        print(cluster.generateHeadlessService());
        for (Object each : cluster.generateExternalBootstrapServices()) print(each);
        for (Object each : cluster.generatePerPodServices()) print(each);
        print(cluster.generatePodDisruptionBudget());
        print(cluster.generateServiceAccount());
        print(cluster.generateRole());
        print(cluster.generateRoleBindingForRole());
        for (Object each : cluster.generatePersistentVolumeClaims()) print(each);
        for (StrimziPodSet each : cluster.generatePodSets(null, List.of(), node -> Map.of())) printPods(each);

        ClusterOperatorConfig config = ClusterOperatorConfig.buildFromMap(Map.of(), versions());
        EntityOperator entity = EntityOperator.fromCrd(reconciliation, kafka, SHARED, config);
        if (entity != null) {
            print(entity.generateDeployment(Map.of(), false, null, List.of()));
            print(entity.generatePodDisruptionBudget());
            print(entity.generateServiceAccount());
            // As operator/assembly/EntityOperatorReconciler.java, where neither watches another namespace.
            String namespace = kafka.getMetadata().getNamespace();
            String name = KafkaResources.entityOperatorDeploymentName(kafka.getMetadata().getName());
            print(entity.generateRole(namespace, namespace, name, EntityOperator.Permissions.BOTH));
            if (entity.topicOperator() != null) print(entity.topicOperator().generateRoleBindingForRole(namespace, namespace));
            if (entity.userOperator() != null) print(entity.userOperator().generateRoleBindingForRole(namespace, namespace));
        }
        CruiseControl cruise = CruiseControl.fromCrd(
                reconciliation,
                kafka,
                versions(),
                cluster.brokerNodes(),
                cluster.getStorageByPoolName(),
                cluster.getBrokerResourceRequirementsByPoolName(),
                SHARED);
        if (cruise != null) {
            print(cruise.generateDeployment(Map.of(), false, null, List.of()));
            print(cruise.generateService());
            print(cruise.generatePodDisruptionBudget());
            print(cruise.generateServiceAccount());
        }
        KafkaExporter exporter = KafkaExporter.fromCrd(reconciliation, kafka, versions(), SHARED);
        if (exporter != null) {
            print(exporter.generateDeployment(Map.of(), false, null, List.of()));
            print(exporter.generatePodDisruptionBudget());
            print(exporter.generateServiceAccount());
        }
    }

    static void makeConnect(KafkaConnectCluster model) throws Exception {
        print(model.generateService());
        print(model.generateHeadlessService());
        print(model.generatePodDisruptionBudget());
        print(model.generateServiceAccount());
        print(model.generateRole());
        print(model.generateRoleBindingForRole());
        printPods(model.generatePodSet(model.getReplicas(), new HashMap<>(), Map.of(), null, List.of(), null));
    }

    static void printPods(StrimziPodSet set) throws Exception {
        for (Map<String, Object> pod : set.getSpec().getPods()) print(pod);
    }

    static void print(Object object) throws Exception {
        if (object == null) return;
        JsonNode node = JSON.valueToTree(object);
        String kind = node.get("kind").asText();
        ObjectNode kept = JSON.createObjectNode();
        JsonNode labels = node.get("metadata").get("labels");
        if (labels != null) kept.set("labels", labels);
        JsonNode spec = node.get("spec");
        if (spec != null) kept.set("spec", kind.equals("Pod") ? prunePod(spec) : pruneOther(spec));
        for (String field : List.of("rules", "roleRef", "subjects"))
            if (node.has(field)) kept.set(field, sortNames(node.get(field)));
        made.put(kind + " " + node.get("metadata").get("name").asText(), kept);
    }

    /** Names that a rule is about are a set, in no order. */
    static JsonNode sortNames(JsonNode rules) {
        for (JsonNode rule : rules) {
            if (!rule.has("resourceNames")) continue;
            List<String> names = new ArrayList<>();
            for (JsonNode name : rule.get("resourceNames")) names.add(name.asText());
            Collections.sort(names);
            ((ObjectNode) rule).set("resourceNames", JSON.valueToTree(names));
        }
        return rules;
    }

    static JsonNode pruneOther(JsonNode spec) {
        ObjectNode kept = keep(spec, OF_OTHERS);
        JsonNode template = kept.get("template");
        if (template == null) return kept;
        ObjectNode pruned = JSON.createObjectNode();
        pruned.set("labels", template.get("metadata").get("labels"));
        pruned.set("spec", prunePod(template.get("spec")));
        kept.set("template", pruned);
        return kept;
    }

    /** Volumes of Secrets, ConfigMaps and images take no room; of those that are projected some hold a token. */
    static JsonNode prunePod(JsonNode spec) {
        ObjectNode kept = keep(spec, OF_POD);
        for (String list : List.of("initContainers", "containers")) {
            if (!kept.has(list)) continue;
            ArrayNode containers = JSON.createArrayNode();
            for (JsonNode container : kept.get(list)) containers.add(keep(container, OF_CONTAINER));
            kept.set(list, containers);
        }
        ArrayNode volumes = JSON.createArrayNode();
        if (kept.has("volumes"))
            for (JsonNode volume : kept.get("volumes"))
                if (!volume.has("secret") && !volume.has("configMap") && !volume.has("image")) volumes.add(volume);
        kept.set("volumes", volumes);
        return kept;
    }

    static ObjectNode keep(JsonNode object, Set<String> fields) {
        ObjectNode kept = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> field : object.properties())
            if (fields.contains(field.getKey())) kept.set(field.getKey(), field.getValue());
        return kept;
    }

    static Reconciliation reconcile(String kind, io.fabric8.kubernetes.api.model.HasMetadata resource) {
        return new Reconciliation("make", kind, resource.getMetadata().getNamespace(), resource.getMetadata().getName());
    }

    static <T> List<T> read(Map<String, List<JsonNode>> byKind, String kind, Class<T> type) throws Exception {
        List<T> found = new ArrayList<>();
        for (JsonNode each : byKind.getOrDefault(kind, List.of())) found.add(JSON.treeToValue(each, type));
        return found;
    }

    static KafkaVersion.Lookup versions() {
        Map<String, String> images = new HashMap<>();
        for (String version : new KafkaVersion.Lookup(Map.of(), Map.of(), Map.of()).supportedVersions()) images.put(version, "strimzi");
        return new KafkaVersion.Lookup(images, images, images);
    }
}
