using System.Runtime.InteropServices;

namespace Dsl.Runtime;

/// <summary>
/// OpenMP's threads spin by default while they wait; on shared cores a step then takes four to five times as long. OpenMP
/// reads its setting when libtorch loads, through native getenv, which does not see the variables that .NET's
/// Environment.SetEnvironmentVariable sets.
/// </summary>
internal static partial class OpenMpThreads
{
    /// <summary>What the user has set stays. OpenMP of Windows has no such setting.</summary>
    public static void KeepFromSpinning()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetEnvironmentVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironmentVariable(string name, string value, int overwrite);
}
