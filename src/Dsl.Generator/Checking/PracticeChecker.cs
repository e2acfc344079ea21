using System;
using System.Collections.Generic;
using System.Globalization;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Objectives;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking;

/// <summary>Warns of ends of a model that an objective makes little of: they compile, train, and learn badly.</summary>
internal static class PracticeChecker
{
    public static void Check(IReadOnlyList<Bound<TermAttribute>> objectives, Bound<TermAttribute> declared, ResultCheck result)
    {
        var reads = Objective.Of(declared).Reads;
        var last = result.Result.Producer.Operation;
        if (reads == Prediction.Logits && last is Softmax or LogSoftmax)
            Report(Catalogue.SoftmaxTwice, last is Softmax ? "[Softmax]" : "[LogSoftmax]").Offer(result.RemoveLast);
        if (reads == Prediction.LogProbabilities && last is not LogSoftmax)
        {
            Report(Catalogue.NotLogProbabilities, $"[{last.GetType().Name}]")
                .Offer(last is Softmax ? result.RenameLast(nameof(LogSoftmax)) : result.AddLast(nameof(LogSoftmax)));
        }

        if (reads == Prediction.BinaryLogits && last is Sigmoid) Report(Catalogue.SigmoidTwice).Offer(result.RemoveLast);
        if (reads is Prediction.Logits or Prediction.BinaryLogits or Prediction.Scores)
        {
            if (last is ReLU) Report(Catalogue.RectifiedLogits).Offer(result.RemoveLast);
            if (last is Dropout) Report(Catalogue.DropoutOnLogits).Offer(result.RemoveLast);
            if (reads == Prediction.Logits && last is Tanh or Sigmoid)
            {
                double range = last is Tanh ? 2 : 1;
                Report(Catalogue.BoundedLogits, $"[{last.GetType().Name}]", result.Classes.ToString(),
                    (Math.Exp(range) / (Math.Exp(range) + result.Classes - 1)).ToString("0.##", CultureInfo.InvariantCulture))
                    .Offer(result.RemoveLast);
            }
        }

        // With weight 0 throughout there is an error already.
        if (declared.Attribute.Weight == 0 && objectives.Count > 1)
        {
            const string weight = nameof(TermAttribute.Weight);
            result.Report(Catalogue.WeightZero, weight, result.Name).Offer(declared.Remove(), declared.Remove(weight));
        }

        Findings Report(Microsoft.CodeAnalysis.DiagnosticDescriptor descriptor, params string[] end) =>
            result.Report(descriptor, null, [result.Name, result.ModelName, .. end]);
    }
}
