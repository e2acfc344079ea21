using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class LearningWithoutForgetting : Scheme<LearningWithoutForgettingAttribute>
{
    public override bool NeedsLabeledObjective => true;

    public override void CheckLabels(Bound<SchemeAttribute> declared, LabelKind kind, Findings findings)
    {
        if (kind is LabelKind.Class or LabelKind.Distribution or LabelKind.None) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, declared.Name, "labels that are classes",
            $"they are {kind.Words()}", "it compares distributions over classes").Offer(declared.Remove());
    }

    protected override void Lower(
        LearningWithoutForgettingAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Scalar temperature = step.Hyperparameter(attribute, nameof(attribute.Temperature)),
            weight = step.Hyperparameter(attribute, nameof(attribute.Weight));
        Player last = step.NetworkOfLastTask("lastTask", "The network as it was when the last task ended, in evaluation mode",
            "the network of the last task");
        Value logits = step.ResultOf(null);
        Value target = c.Add(new Softmax(), "lastTaskProbabilities",
            c.Add(new DivideBy(temperature), "softLastTaskLogits", step.Ask(last, step.SeenByTeacher, "lastTaskLogits")));
        Value logProbabilities = c.Add(new LogSoftmax(), "softLogProbabilities",
            c.Add(new DivideBy(temperature), "softLogits", logits));
        Value entropies = c.Add(new Scale(-1), "forgotten",
            c.Add(new Sum(1), "agreement", c.Add(new Multiply(), "agreementTerms", logProbabilities, target)));
        const string function = "LearningWithoutForgettingWeightAt";
        step.AddFunction(new StepFunction(
            function, "Weight of what the network said before the task; 0 before the first task has ended.",
            [$"return {Tasks.NoneEnded} ? 0 : {weight.Code};"]));
        step.AddTerm(new Term("LearningWithoutForgetting", step.Mean("meanForgotten", entropies), new Scalar.AtStep(function),
            "mean −softmax(z_o/T)·log softmax(z/T)")
        {
            Symbols =
            [
                new("T", "temperature, which softens both distributions", temperature.Code,
                    Scalar.Literal(attribute.Temperature)),
                new("z_o", "the outputs of the network as it was when the last task ended", null, null),
            ],
        });
    }
}
