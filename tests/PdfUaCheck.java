import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Asks veraPDF whether files comply with PDF/UA-1. For each file one line "file, checks made, path", then one line
 * "fault, clause, what" for each rule that it breaks; fields are separated by tabs. xtask/src/pdfua.rs reads this.
 */
public final class PdfUaCheck {
    private static final int FAULTS_OF_A_RULE = 100;

    public static void main(String[] files) {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            Map<String, String> faults = new TreeMap<>();
            long checks = 0;
            try {
                checks = check(file, faults);
            } catch (Exception | LinkageError problem) {
                faults.put("not read", problem.toString());
            }
            print("file", Long.toString(checks), file);
            faults.forEach((clause, what) -> print("fault", clause, what));
        }
    }

    /** Fills in what is wrong, by clause and test; returns the number of checks. */
    private static long check(String file, Map<String, String> faults) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.PDFUA_1;
        try (FileInputStream in = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance()
                                .createValidator(flavour, FAULTS_OF_A_RULE, false, false, false)) {
            ValidationResult result = validator.validate(parser);
            for (Map.Entry<RuleId, Integer> broken : result.getFailedChecks().entrySet()) {
                RuleId rule = broken.getKey();
                String what = result.getValidationProfile().getRuleByRuleId(rule).getDescription();
                String clause = "clause " + rule.getClause() + " test " + rule.getTestNumber();
                faults.put(clause, broken.getValue() + " times: " + what);
            }
            if (!result.isCompliant() && faults.isEmpty()) {
                faults.put("not compliant", "without a broken rule");
            }
            return result.getTotalAssertions();
        }
    }

    private static void print(String kind, String name, String what) {
        System.out.println(kind + "\t" + name + "\t" + what.replaceAll("\\s+", " "));
    }
}
