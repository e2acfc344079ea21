using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Checking;

/// <summary>What is made of labels: mixtures, and random numbers for each.</summary>
internal sealed partial class StepContext
{
    private readonly List<Value> _drawnForLabels = [];

    /// <summary>What is made of the present labels, a number, for mixed samples: λ times it and 1 − λ times the same of the partners' labels.</summary>
    public Value Mixed(Value loss)
    {
        if (_label is null || Batch is not { Partners: { } partners, Share: { } share }) return loss;

        // What was drawn for a sample's label goes with it to the samples whose partner it is.
        var others = new Dictionary<Value, Value> { [_label] = Computation.Add(new SelectRows(), "partnerLabel", _label, partners) };
        foreach (var drawn in _drawnForLabels.Where(drawn => Substitute.Reaches(Computation, drawn, loss)))
            others[drawn] = Computation.Add(new SelectRows(), drawn.Hint + "OfPartner", drawn, partners);
        Value other = Substitute.Run(Computation, loss, others);
        return other == loss ? loss : Computation.Add(new Lerp(), "mixed" + char.ToUpperInvariant(loss.Hint[0]) + loss.Hint.Substring(1), other, loss, share);
    }

    /// <summary>Integers drawn uniformly from [0, bound), one for each label of the present objective, [M].</summary>
    public Value DrawForLabels(string name, long bound, string summary)
    {
        Shape labels = Result.Shape.Without(ClassDimension(Result.Shape));
        Value drawn = Draw(new DrawnIntegers(name, trainer.Roles.First(role => role.Name == "Label"), labels.ElementsPerSample, bound, summary));
        _drawnForLabels.Add(drawn);
        return Computation.Add(new Reshape(Shape.Of(Elements(labels))), drawn.Hint + "Row", drawn);
    }
}
