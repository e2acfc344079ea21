using System.Collections.Generic;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class TeacherFreeReg : Objective<TeacherFreeRegAttribute>
{
    public override LabelKind Labels => LabelKind.Class;

    protected override string Notation => "mean KL(p_d^(1/T) ‖ softmax(z)), p_d = a where y, else (1 − a)/(K − 1)";

    protected override IReadOnlyList<Symbol> Symbols(TeacherFreeRegAttribute attribute) =>
    [
        new("T", "temperature, which softens the virtual teacher", nameof(attribute.Temperature)),
        new("a", "what the virtual teacher gives to the right class", nameof(attribute.Correct)),
    ];

    protected override void Check(TeacherFreeRegAttribute attribute, ResultCheck result)
    {
        if (attribute.Correct * result.Classes > 1) return;
        result.Report(Catalogue.TeacherIgnorant, nameof(attribute.Correct),
            Scalar.Literal(attribute.Correct), result.Classes.ToString(),
            Scalar.Literal(System.Math.Round(1.0 / result.Classes, 4)))
            .Offer(result.Declared.Set(nameof(attribute.Correct), 0.9));
    }

    // With a' and b' the softened probabilities: Σ t·log t − (a' − b')·log p[y] − b'·Σ log p.
    protected override Value Lower(TeacherFreeRegAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Scalar correct = compared.Hyperparameter(attribute, nameof(attribute.Correct));
        var teacher = new EquatableArray<Scalar>(
            [correct, compared.Hyperparameter(attribute, nameof(attribute.Temperature)), compared.Classes]);
        Scalar own = new Scalar.Call("VirtualTeacher.Correct", teacher), other = new Scalar.Call("VirtualTeacher.Other", teacher);
        Value logProbabilities = c.Add(new LogSoftmax(), "logProbabilities", compared.Logits);
        Value likelihood = ClassRows.Likelihood(compared, logProbabilities, compared.Label);
        Value crossEntropy = c.Add(new Subtract(), "crossEntropyRows",
            c.Add(new Scale(own - other), "ownClass", likelihood),
            c.Add(new Scale(other), "everyClass", c.Add(new Sum(1), "logProbabilitySum", logProbabilities)));
        Value rows = c.Add(new AddNumber(-new Scalar.Call("VirtualTeacher.Entropy", teacher)), "divergenceRows", crossEntropy);
        return ClassRows.Reduce(compared, Reduction.Mean, "teacherFreeReg",
            c.Add(new Multiply(), "labelledRows", rows, ClassRows.Labelled(compared)));
    }
}
