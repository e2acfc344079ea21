using System;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Checking;

/// <summary>Checks durations against each other and against the length of the run.</summary>
internal sealed class RunCheck(Findings findings, RunLength length, int count)
{
    public Findings Findings => findings;

    /// <summary>A duration given in epochs or in steps: one unit at most, and not longer than the run.</summary>
    public void Duration<T>(Bound<T> declared, DiagnosticDescriptor tooLong, string epochsName, int epochs, string stepsName, int steps)
        where T : Attribute
    {
        if (epochs > 0 && steps > 0)
        {
            findings.Add(Catalogue.TwoUnits, declared.SiteOf(stepsName), declared.SiteOf(epochsName), epochsName, stepsName);
            return;
        }

        if (length == RunLength.Epochs && epochs > count)
            findings.Add(tooLong, declared.SiteOf(epochsName), epochs.ToString(), count.ToString(), "epochs");
        if (length == RunLength.Steps && steps > count)
            findings.Add(tooLong, declared.SiteOf(stepsName), steps.ToString(), count.ToString(), "steps");
    }
}
