using System;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Programs;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Lowering;

/// <summary>What a duration is counted in.</summary>
internal enum RunUnit
{
    Epochs,
    Steps,
    Samples,
}

/// <summary>Checks durations against each other and against the length of the run.</summary>
/// <param name="findings">Where findings go.</param>
/// <param name="length">What the run is counted in.</param>
/// <param name="count">How many of them.</param>
/// <param name="batchSize">Samples of a batch, as declared or by default.</param>
/// <param name="samplesPerClass">Samples of each class in a batch; null where batches are drawn from all samples alike.</param>
internal sealed class RunCheck(Findings findings, RunLength length, int count, int batchSize, int? samplesPerClass)
{
    public int BatchSize => batchSize;

    public int? SamplesPerClass => samplesPerClass;

    public Findings Findings => findings;

    /// <summary>Reports a run that is not counted in steps.</summary>
    public void RequireSteps<T>(Bound<T> declared)
        where T : Attribute
    {
        if (length == RunLength.Steps) return;
        findings.Add(Catalogue.NoPasses, declared.Site, declared.Name,
            length == RunLength.Epochs ? "[Epochs] counts them" : "nothing says how long the run is");
    }

    /// <summary>Reports a run that is not declared in epochs.</summary>
    /// <param name="descriptor">What is said of it, with the name of what asks for epochs.</param>
    public void RequireEpochs<T>(Bound<T> declared, DiagnosticDescriptor descriptor)
        where T : Attribute
    {
        if (length != RunLength.Epochs) findings.Add(descriptor, declared.Site, declared.Name);
    }

    /// <summary>A duration given in epochs or in steps: one unit at most, and not longer than the run.</summary>
    public void Duration<T>(
        Bound<T> declared, DiagnosticDescriptor tooLong, string epochsName, int epochs, string stepsName, int steps)
        where T : Attribute =>
        Duration(declared, tooLong, (epochsName, epochs, RunUnit.Epochs), (stepsName, steps, RunUnit.Steps));

    /// <summary>Epochs or steps in which something grows, as properties of these names have them: one unit at most, and not
    /// longer than the run.</summary>
    /// <param name="epochs">RampUpEpochs, 0 for none.</param>
    /// <param name="steps">RampUpSteps, 0 for none.</param>
    public void RampUp<T>(Bound<T> declared, int epochs, int steps)
        where T : Attribute =>
        Duration(declared, Catalogue.RampUpTooLong, "RampUpEpochs", epochs, "RampUpSteps", steps);

    /// <summary>A duration: one unit at most, and not longer than the run where that is counted in the same unit; 0 for no
    /// duration.</summary>
    public void Duration<T>(
        Bound<T> declared, DiagnosticDescriptor? tooLong, params (string Name, int Value, RunUnit Unit)[] units)
        where T : Attribute
    {
        var given = units.Where(unit => unit.Value > 0).ToList();
        if (given.Count > 1)
        {
            findings.Add(Catalogue.TwoUnits, declared.SiteOf(given[1].Name), declared.SiteOf(given[0].Name), given[0].Name,
                given[1].Name)
                .Offer(declared.Remove(given[1].Name), declared.Remove(given[0].Name));
            return;
        }

        if (tooLong is null) return;
        foreach (var (name, value, unit) in given)
        {
            if (value <= count
                || (unit, length) is not ((RunUnit.Epochs, RunLength.Epochs) or (RunUnit.Steps, RunLength.Steps))) continue;
            findings.Add(tooLong, declared.SiteOf(name), value.ToString(), count.ToString(), unit.ToString().ToLowerInvariant())
                .Offer(declared.Set(name, count));
        }
    }
}
