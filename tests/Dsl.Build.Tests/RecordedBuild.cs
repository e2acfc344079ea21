using System.Collections;
using Microsoft.Build.Framework;

namespace Dsl.Build.Tests;

/// <summary>A build engine that keeps what a task says.</summary>
internal sealed class RecordedBuild : IBuildEngine
{
    public List<string> Messages { get; } = [];

    public List<string> Errors { get; } = [];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "";

    public bool BuildProjectFile(
        string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        throw new NotSupportedException();

    public void LogCustomEvent(CustomBuildEventArgs e) => throw new NotSupportedException();

    public void LogErrorEvent(BuildErrorEventArgs e) => Errors.Add($"{e.Code} {e.Message}");

    public void LogMessageEvent(BuildMessageEventArgs e)
    {
        if (e.Importance == MessageImportance.High)
        {
            Messages.Add(e.Message!);
        }
    }

    public void LogWarningEvent(BuildWarningEventArgs e) => throw new NotSupportedException();
}
