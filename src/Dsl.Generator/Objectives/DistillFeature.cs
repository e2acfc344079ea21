using System.Collections.Generic;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Objectives;

internal sealed class DistillFeature : Objective<DistillFeatureAttribute>
{
    public override bool TakesTeacher => true;

    public override Prediction Reads => Prediction.Values;

    public override TeacherTag ReadsTag(TermAttribute attribute)
    {
        var declared = (DistillFeatureAttribute)attribute;
        string argument = declared.Teacher is null ? nameof(declared.Of) : nameof(declared.Teacher);
        return new TeacherTag(declared.Teacher ?? declared.Of!, argument, nameof(declared.Teacher));
    }

    protected override string Notation => "mean (f − f_t)²";

    protected override IReadOnlyList<Symbol> Symbols(DistillFeatureAttribute attribute) =>
        [new("f", $"the network's {attribute.Of}"), new("f_t", $"the teacher's {attribute.Teacher ?? attribute.Of}")];

    protected override Value Lower(DistillFeatureAttribute attribute, Comparison compared)
    {
        Computation c = compared.Computation;
        Value teacher = compared.TeacherFeature(attribute.Teacher ?? attribute.Of!);
        Value difference = c.Add(new Subtract(), "featureDifference", compared.Adapted(teacher), teacher);
        return compared.Step.Mean("distillFeature", c.Add(new Square(), "squaredFeatureDifference", difference));
    }
}
