using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Dsl.Bench;

/// <summary>PLAN RESULT: measures the steps of one trainer in a process with the project's packages and settings.</summary>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        // A project that is trimmed when it is published has switched off what the serializer does by itself.
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        var plan = JsonSerializer.Deserialize<TrainerPlan>(File.ReadAllText(arguments[0]), options)!;
        var project = Assembly.Load(new AssemblyName(plan.Assembly));

        // What stands before libtorch in the project's own program stands before it here.
        RuntimeHelpers.RunModuleConstructor(project.ManifestModule.ModuleHandle);
        File.WriteAllText(arguments[1], JsonSerializer.Serialize(new MeasuredTrainer(plan, project).Measure(), options));
    }
}
